// Providers with an account of their own at the payment processor: setting it up, what goes to their bank, and what goes wrong there.

import assert from "node:assert/strict";
import { after } from "node:test";

import { eventually } from "./support/eventually.js";
import { journey, serverSettings } from "./support/journey.js";
import { payFor } from "./support/money.js";
import { bookThrough, logIn, openProvider } from "./support/people.js";
import { startSimulator } from "./support/simulator.js";

let simulator;
serverSettings(async () => {
    simulator = await startSimulator();
    return simulator.settings;
});
after(() => simulator?.stop());

/** A provider at their payments, who can be paid when booking once `ready`. */
async function atPayments(page, server, name) {
    await simulator.tell(server);
    const provider = await openProvider(server, { name });
    const before = (await simulator.act("books")).accounts.map((account) => account.id);
    await logIn(page, provider.email, `/dashboard/${provider.id}/payments`);
    /** Their account, once there is one. */
    const account = async () => (await simulator.act("books")).accounts.map(({ id }) => id).find((id) => !before.includes(id));
    return { ...provider, account };
}

/** Sets the account up, on the processor's page. */
async function setUp(page) {
    await page.getByRole("button", { name: "Set up payments" }).click();
    await page.getByRole("button", { name: "Finish set-up" }).click();
    await page.getByRole("heading", { name: "Clients can pay when booking" }).waitFor();
}

/** From now on the service is paid when booking. */
async function makePrepaid(provider) {
    const { service } = provider;
    if (service.payment_mode === "full") return;
    const { version } = await provider.call("GET", `/services/${service.id}`);
    provider.service = await provider.call("PATCH", `/services/${service.id}`, { payment_mode: "full" }, version);
}

/** A guest books the service, which is paid when booking, and pays. */
async function earn(server, provider, name, hour = 10) {
    await makePrepaid(provider);
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const booking = await bookThrough(server, provider, { start_at: `${day}T${hour}:00:00Z`, name });
    return payFor(server, booking);
}

/** The same page in German, in which nothing is wider than the window of a phone. */
async function inGerman(page, photograph, name, path) {
    await page.evaluate(() => localStorage.setItem("language", "de"));
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(path);
    await page.locator("main h1").waitFor();
    await page.waitForFunction(() => !document.querySelector(".skeleton"));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
    const seen = () => page.getByRole("tab", { selected: true }).evaluate((tab) => tab.getBoundingClientRect().right <= tab.parentElement.getBoundingClientRect().right + 1);
    await eventually("the chosen tab in view", seen);
    await photograph(page, `${name}-german`);
    await page.evaluate(() => localStorage.setItem("language", "en"));
}

journey("an account is set up, asks for more, is checked and is restricted, and the page says so", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await atPayments(page, server, "Set Up Studio");
    await page.getByRole("heading", { name: "Let clients pay when booking" }).waitFor();
    await page.getByText("The platform keeps 5% of each prepayment.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "connect-none");

    // Whoever comes back before the end goes on where they were.
    await page.getByRole("button", { name: "Set up payments" }).click();
    await page.getByRole("button", { name: "Finish set-up" }).waitFor();
    await page.getByRole("button").last().click();
    await page.getByRole("heading", { name: "Not finished yet" }).waitFor();
    await page.getByText("2 details are missing. Until then clients pay on site.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "connect-missing");
    await page.getByRole("button", { name: "Go on with the set-up" }).click();
    await page.getByRole("button", { name: "Finish set-up" }).click();
    await page.getByRole("heading", { name: "Clients can pay when booking" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Go on with the set-up" }).count(), 0);
    await photograph(page, "connect-ready");

    await makePrepaid(provider);
    await simulator.act(`accounts/${await provider.account()}`, { charges_enabled: "false" });
    await eventually("a restricted account", async () => !(await provider.call("GET", `/providers/${provider.id}/payments`)).ready);
    await page.reload();
    await page.getByRole("heading", { name: "Payments are paused" }).waitFor();
    await page.getByText("1 detail is missing. Until then your services that are paid when booking cannot be booked online.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "connect-restricted");
    await provider.call("PATCH", `/services/${provider.service.id}`, { payment_mode: "on_site" }, provider.service.version);
    await page.reload();
    await page.getByText("1 detail is missing. Until then clients pay on site.").waitFor();
    await inGerman(page, photograph, "connect-restricted", `/dashboard/${provider.id}/payments`);

    // The simulator checks nothing; the answer is what the server says while Stripe does.
    await page.route("**/payments", async (route) => {
        if (!route.request().url().includes("/api/")) return route.continue();
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), details_submitted: true, missing: 0, ready: false } });
    });
    await page.goto(`/dashboard/${provider.id}/payments`);
    await page.getByRole("heading", { name: "Your details are being checked" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Go on with the set-up" }).count(), 0, "there is nothing to do");
    await page.getByRole("button", { name: "Look again" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "connect-checking");
});

journey("what cannot be paid now is listed, and says so before anything is typed", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await atPayments(page, server, "Paused Studio");
    await setUp(page);
    await makePrepaid(provider);
    const client = await visitor();
    const address = `/p/${provider.slug}`;
    await client.goto(address);
    await client.getByText("Pay when booking").waitFor();
    await simulator.act(`accounts/${await provider.account()}`, { charges_enabled: "false" });
    await eventually("a restricted account", async () => !(await provider.call("GET", `/providers/${provider.id}/payments`)).ready);
    await client.goto(address);
    const row = client.locator(".offered-service").filter({ hasText: provider.service.name });
    await row.getByText("Cannot be booked online right now").waitFor();
    assert.equal(await row.getByRole("link").count(), 0);
    assert.equal(await client.getByText("Pay when booking").count(), 0);
    await checkAccessibility(client);
    await photograph(client, "provider-not-now");
    // By a link that somebody kept.
    await client.goto(`${address}/${provider.service.id}`);
    await client.getByRole("heading", { name: "Cannot be booked online right now" }).waitFor();
    await checkAccessibility(client);
    await photograph(client, "book-not-now");
    await client.getByRole("link", { name: "Other services" }).click();
    await row.waitFor();
    // The provider's own people book it for clients.
    await page.goto(`${address}/${provider.service.id}`);
    await page.getByRole("heading", { name: /Choose a time/ }).waitFor();
});

journey("what goes to the bank is listed with how far it is", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await atPayments(page, server, "Paid Out");
    await setUp(page);
    await page.getByRole("tab", { name: "Payouts" }).click();
    await page.getByRole("heading", { name: "No payouts yet" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "payouts-none");

    for (const hour of [10, 11, 12]) await earn(server, provider, "Anna Paulsen", hour);
    const account = await provider.account();
    const send = (amount, status) => simulator.act("payouts", { account, currency: "eur", amount: String(amount), status });
    await send(3000, "paid");
    await send(2000, "in_transit");
    const { id } = await send(1000, "in_transit");
    await simulator.act(`payouts/${id}`, { status: "failed" });
    await eventually("three payouts", async () => {
        const { items } = await provider.call("GET", `/providers/${provider.id}/payouts`);
        return items.length === 3 && items.some((payout) => payout.state === "failed");
    });
    await page.reload();
    await page.getByRole("row").nth(3).waitFor();
    const rows = (await page.getByRole("row").allInnerTexts()).slice(1).map((row) => row.replace(/\s+/g, " "));
    assert.match(rows.find((row) => row.includes("€30")), /Arrived/);
    assert.match(rows.find((row) => row.includes("€20")), /On its way/);
    assert.match(rows.find((row) => row.includes("€10")), /Sent back by the bank – /);
    await page.getByText("Your bank sent a payout back.").waitFor();
    // What was sent back is still to come: 3 × €45 less 5 % and less €50.
    assert.match((await page.locator(".month-sums").innerText()).replace(/\s+/g, " "), /At your bank or on its way €50 Still to come €78\.25/);
    await checkAccessibility(page);
    await photograph(page, "payouts");
    await inGerman(page, photograph, "payouts", `/dashboard/${provider.id}/payments?show=payouts`);
});

journey("a provider sees a refund that did not arrive, in the agenda", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await atPayments(page, server, "Failed Refund");
    await setUp(page);
    const booking = await earn(server, provider, "Fay Failed");
    await simulator.act("refunds/next", { status: "failed" });
    await provider.call("POST", `/bookings/${booking.id}/refunds`, { amount_minor: 1500, reason: "" }, booking.version);
    await eventually("a failed refund", async () => {
        const now = await provider.call("GET", `/bookings/${booking.id}`);
        return now.money.refunds.some((refund) => refund.state === "failed");
    });
    await page.goto(`/dashboard/${provider.id}?view=day&date=${booking.start_at.slice(0, 10)}&booking=${booking.id}`);
    const drawer = page.locator("#booking-drawer");
    await drawer.getByText("€15 did not reach the client. The platform keeps it for them: please send it once more, which takes nothing more from you.").waitFor();
    await drawer.getByRole("button", { name: "Give money back" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "drawer-refund-failed", { fullPage: false });
    const client = await visitor();
    await client.goto(`/manage/${booking.id}#${booking.manage_token}`);
    await client.getByText("€15 could not be given back; the provider sees it and can send it again").waitFor();

    await page.goto(`/dashboard/${provider.id}/payments?show=transactions`);
    const line = page.getByRole("row").filter({ hasText: "Refund returned" });
    await line.getByText("It did not reach the client. The platform keeps it for them").waitFor();
    await checkAccessibility(page);
    await photograph(page, "transactions-refund-returned");
    await inGerman(page, photograph, "transactions-refund-returned", `/dashboard/${provider.id}/payments?show=transactions`);

    // Once it was sent again, nobody is asked to.
    await page.goto(`/dashboard/${provider.id}?view=day&date=${booking.start_at.slice(0, 10)}&booking=${booking.id}`);
    const now = await provider.call("GET", `/bookings/${booking.id}`);
    await provider.call("POST", `/bookings/${booking.id}/refunds`, { amount_minor: 1500, reason: "" }, now.version);
    await drawer.getByText("€15 did not arrive at first, and was given again").waitFor();
});

journey("what a bank disputes is told before a cancellation and after", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await atPayments(page, server, "Disputed Deal");
    await setUp(page);
    const booking = await earn(server, provider, "Dora Dispute");
    const { charges } = await simulator.act("books");
    const { charge } = charges.find(({ metadata }) => metadata.booking_id === booking.id);
    const dispute = await simulator.act("disputes", { charge, amount: "2000", reason: "fraudulent" });
    await eventually("a dispute", async () => (await provider.call("GET", `/bookings/${booking.id}`)).money.disputed_minor === 2000);

    const client = await visitor();
    await client.goto(`/manage/${booking.id}#${booking.manage_token}`);
    const sums = client.locator(".sums");
    await sums.locator("div").filter({ hasText: "Disputed at the bank" }).getByText("€20", { exact: true }).waitFor();
    await client.getByRole("button", { name: "Cancel booking" }).click();
    const question = client.getByRole("dialog");
    await question.getByText(/^You get €25 of €45 back\. Your bank has the €20 that you disputed\./).waitFor();
    await checkAccessibility(client);
    await photograph(client, "dispute-quote", { fullPage: false });
    await question.getByRole("button", { name: "Cancel booking" }).click();
    await question.waitFor({ state: "hidden" });
    await eventually("a refund that waits", async () => (await provider.call("GET", `/bookings/${booking.id}`)).money.refunds[0]?.waits_for_bank);
    await client.reload();
    await sums.getByText("€25 goes back once your bank has decided about your dispute").waitFor();
    await photograph(client, "dispute-waits");

    await page.goto(`/dashboard/${provider.id}?view=day&date=${booking.start_at.slice(0, 10)}&booking=${booking.id}`);
    const drawer = page.locator("#booking-drawer");
    await drawer.getByText("€25 goes back once the client's bank has decided about the dispute").waitFor();
    await simulator.act(`disputes/${dispute.id}`, { status: "won" });
    await drawer.getByText("€20 was given back to the client").waitFor();
    await drawer.getByText("€25 was given back to the client").waitFor();
    await drawer.getByText("History", { exact: true }).click();
    await drawer.getByText("The bank lets the payment stand: €20").waitFor();
    await checkAccessibility(page);
    await photograph(page, "dispute-won", { fullPage: false });
});

journey("what a bank has decided for the client is disputed no longer", async ({ page, server, visitor, photograph }) => {
    const provider = await atPayments(page, server, "Lost Deal");
    await setUp(page);
    const booking = await earn(server, provider, "Lars Lost");
    const { charges } = await simulator.act("books");
    const { charge } = charges.find(({ metadata }) => metadata.booking_id === booking.id);
    const dispute = await simulator.act("disputes", { charge, amount: "2000", reason: "unrecognized" });
    const money = async () => (await provider.call("GET", `/bookings/${booking.id}`)).money;
    await eventually("a dispute", async () => (await money()).disputed_minor === 2000);
    const client = await visitor();
    await client.goto(`/manage/${booking.id}#${booking.manage_token}`);
    await client.locator(".sums").getByText("Disputed at the bank").waitFor();
    await simulator.act(`disputes/${dispute.id}`, { status: "lost" });
    await eventually("its end", async () => (await money()).taken_back_minor === 2000);
    await client.reload();
    await client.locator(".sums div").filter({ hasText: "Given back by your bank" }).getByText("€20", { exact: true }).waitFor();
    assert.equal(await client.locator(".sums").getByText("Disputed at the bank").count(), 0);
    await client.getByText("History", { exact: true }).click();
    // The bank's word is said in ours, and once.
    await client.getByText("Payment disputed at the bank: €20 (the payment is not recognised)").waitFor();
    await client.getByText("The bank gives the payment back to the client: €20", { exact: true }).waitFor();
    assert.equal(await client.getByText("unrecognized").count(), 0);
    await photograph(client, "dispute-lost");

    await page.goto(`/dashboard/${provider.id}?view=day&date=${booking.start_at.slice(0, 10)}&booking=${booking.id}`);
    await page.locator("#booking-drawer .sums div").filter({ hasText: "Taken back by the bank" }).getByText("€20", { exact: true }).waitFor();
});
