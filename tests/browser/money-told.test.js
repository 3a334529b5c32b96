// What became of money, told on the pages of a booking: let go of, lost, on its way back.

import assert from "node:assert/strict";
import { after } from "node:test";

import { eventually } from "./support/eventually.js";
import { journey, serverSettings } from "./support/journey.js";
import { payFor } from "./support/money.js";
import { bookThrough, logIn, newAddress, openProvider, timesOfALaterDay } from "./support/people.js";
import { startSimulator } from "./support/simulator.js";

let simulator;
let told;
serverSettings(async () => {
    simulator = await startSimulator();
    return { ...simulator.settings, STRIPE_CONNECT: "false", PLATFORM_FEE_PERCENT: "0" };
});
after(() => simulator?.stop());

/** A provider who is paid when booking. */
async function prepaid(server, name, service = {}) {
    told ??= simulator.tell(server);
    await told;
    return openProvider(server, { name, service: { name: "Massage", price_minor: 5000, payment_mode: "full", ...service } });
}

/** A guest's booking, paid, or reserved where the provider has to say yes. */
async function paid(server, provider, hour = 10) {
    const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    return payFor(server, await bookThrough(server, provider, { start_at: `${day}T${hour}:00:00Z`, name: "Paula Payer" }));
}

const own = (booking) => `/manage/${booking.id}#${booking.manage_token}`;

/** The same page in German. */
async function inGerman(page, path) {
    await page.evaluate(() => localStorage.setItem("language", "de"));
    await page.goto("about:blank");
    await page.goto(path);
}

/** Counts what a page puts up while something is on its way. */
async function watchSkeletons(page) {
    await page.evaluate(() => {
        window.skeletons = 0;
        new MutationObserver(() => (window.skeletons += document.querySelectorAll(".skeleton, .bone").length)).observe(document.body, { childList: true, subtree: true });
    });
    return () => page.evaluate(() => window.skeletons);
}

journey("a booking whose money the bank let go of says so to both sides", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Lost", { approval_required: true });
    const booking = await paid(server, provider);
    const { charges } = await simulator.act("books");
    // Nobody hears of it before the provider says yes and the money is to be taken.
    await simulator.act("deliveries/hold");
    await simulator.inDashboard(`payment_intents/${charges.at(-1).payment_intent}/cancel`);
    await provider.call("POST", `/bookings/${booking.id}/confirm`, undefined, booking.version);
    const ended = await eventually("its end", async () => {
        const now = await provider.call("GET", `/bookings/${booking.id}`);
        return now.status === "cancelled" && now;
    });
    await simulator.act("deliveries/release");
    assert.equal(ended.money.lost_minor, 5000);

    await page.goto(own(booking));
    await page.getByText("The bank let go of the money before it was taken.").waitFor();
    await page.getByText("History").click();
    await page.getByText("Ended: the bank let go of the money").waitFor();
    assert.equal(await page.getByText("in time").count(), 0);
    await checkAccessibility(page);
    await photograph(page, "money-lost");
    await inGerman(page, own(booking));
    await page.getByText("Die Bank hat das Geld freigegeben, bevor es abgebucht wurde.").waitFor();
    await page.getByText("Verlauf").click();
    await page.getByText("Beendet: Die Bank hat das Geld freigegeben").waitFor();

    const desk = await visitor();
    await logIn(desk, provider.email, `/dashboard/${provider.id}`);
    await desk.goto(`/dashboard/${provider.id}?view=day&date=${booking.start_at.slice(0, 10)}&booking=${booking.id}`);
    const drawer = desk.locator("#booking-drawer");
    await drawer.getByText("The bank let go of the money before it was taken.").waitFor();
    await drawer.getByText("History").click();
    await drawer.getByText("Ended: the bank let go of the money").waitFor();
});

journey("what was only reserved is said to be let go of, after a no and after a withdrawal", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Reserved", { approval_required: true });
    const declined = await paid(server, provider, 10);
    await page.goto(own(declined));
    await page.getByText(/^€50 on your card, charged once Till Reserved accepts$/).waitFor();
    const desk = await visitor();
    await logIn(desk, provider.email, `/dashboard/${provider.id}`);
    await desk.goto(`/dashboard/${provider.id}?view=day&date=${declined.start_at.slice(0, 10)}&booking=${declined.id}`);
    const drawer = desk.locator("#booking-drawer");
    await drawer.getByRole("button", { name: "Decline" }).click();
    await desk.getByRole("dialog").last().getByRole("button", { name: "Decline" }).click();
    await drawer.getByText("€50 was only reserved on the client's card and is let go of, not charged").waitFor();
    await photograph(desk, "money-released-drawer", { fullPage: false });
    await page.reload();
    await page.getByText("€50 was only reserved on your card and is let go of, not charged").waitFor();
    await checkAccessibility(page);
    await photograph(page, "money-released");

    const withdrawn = await paid(server, provider, 12);
    await page.goto(own(withdrawn));
    await page.getByRole("button", { name: "Cancel booking" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel booking" }).click();
    await page.getByText("€50 was only reserved on your card and is let go of, not charged").waitFor();
    await inGerman(page, own(withdrawn));
    await page.getByText(/^50\s€ waren nur auf der Karte vorgemerkt und werden freigegeben, nicht abgebucht$/).waitFor();
    // Another device, to which nobody has told it yet.
    await desk.goto(`/bookings/${withdrawn.id}`);
    await desk.getByText("€50 was only reserved on the client's card and is let go of, not charged").waitFor();
});

journey("a refund that arrives shows by itself, without a flash, and then the page asks no more", async ({ page, server }) => {
    const provider = await prepaid(server, "Till Refund");
    const booking = await paid(server, provider);
    await simulator.act("refunds/next", { status: "pending" });
    // It runs as any clock, and can be moved on.
    await page.clock.install();
    await page.goto(own(booking));
    await page.getByRole("button", { name: "Cancel booking" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel booking" }).click();
    await page.getByText("€50 is on its way back to your card").waitFor();
    await page.getByRole("link", { name: "Receipt 1" }).waitFor();
    const flashes = await watchSkeletons(page);
    await page.locator(".sums").evaluate((sums) => {
        window.gaps = 0;
        new MutationObserver(() => (window.gaps += document.querySelector(".receipts") ? 0 : 1)).observe(document.body, { childList: true, subtree: true });
        return sums;
    });
    const looks = [];
    page.on("request", (request) => request.url().endsWith(`/bookings/${booking.id}`) && looks.push(request.url()));
    const refund = await eventually("a refund at the processor", async () => {
        const { charges } = await simulator.act("books");
        return charges.flatMap((charge) => charge.refunds).at(-1);
    });
    await simulator.act(`refunds/${refund.id}`, { status: "succeeded" });
    await page.getByText("€50 was given back; banks take some days to show it").waitFor({ timeout: 30_000 });
    assert.ok(looks.length > 0);
    assert.equal(await flashes(), 0);
    assert.equal(await page.evaluate(() => window.gaps), 0, "the receipts stay");
    const before = looks.length;
    await page.clock.runFor("02:00");
    assert.equal(looks.length, before, "nothing is under way any more");
});

journey("a try that was declined is told on the page of the hold, by the right clock", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Declined");
    assert.ok(page);
    const lisbon = await visitor({ timezoneId: "Europe/Lisbon", locale: "de-DE" });
    await lisbon.goto(provider.path);
    await (await timesOfALaterDay(lisbon)).first().click();
    await lisbon.locator("#name").fill("Paula Payer");
    await lisbon.locator("#email").fill(newAddress("payer"));
    await lisbon.getByRole("button", { name: /^Weiter zur Zahlung/ }).click();
    await lisbon.getByRole("button", { name: "Karte wird abgelehnt" }).or(lisbon.getByRole("button", { name: "Card is declined" })).click();
    await lisbon.getByRole("alert").waitFor();
    await lisbon.getByRole("button", { name: "Back", exact: true }).or(lisbon.getByRole("button", { name: "Zurück", exact: true })).click();
    await lisbon.getByText("Der letzte Versuch wurde abgelehnt, abgebucht wurde nichts.").waitFor();
    await lisbon.getByText(/in Berlin/).waitFor();
    await checkAccessibility(lisbon);
    await photograph(lisbon, "pay-declined");
}, { expectedErrors: [/the server responded with a status of (402|409|422)/] });
