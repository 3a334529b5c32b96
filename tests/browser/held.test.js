// Times that wait to be paid are found again from any page: in other tabs, on other devices, and by nobody else.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { fillDetails, logIn, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

const PAY = /^Pay €/;
const HOLD = "Your time is kept, not paid yet";

/** A provider with a service that is paid when booking. */
function prepaid(server, name) {
    return openProvider(server, { name, service: { name: "Massage", price_minor: 5000, payment_mode: "full" } });
}

/** Holds a time and comes back from the payment page. */
async function hold(page, provider, email) {
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    if (email) await fillDetails(page, { name: "Paula Payer", email });
    await page.getByRole("button", { name: /^Continue to payment/ }).click();
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("heading", { name: HOLD }).waitFor();
    return new URL(page.url()).pathname.split("/").at(-1);
}

async function secondTab(page, address) {
    const other = await page.context().newPage();
    await other.goto(address);
    return other;
}

const notice = (page) => page.getByRole("complementary", { name: "To be paid" });
const shared = (page) => page.evaluate(() => localStorage.getItem("appointed.holds"));

/** What is asked of bookings while something is done. */
async function asked(page, act) {
    const paths = [];
    const note = (request) => {
        const { pathname } = new URL(request.url());
        if (/\/(bookings|me|auth)\b/.test(pathname) && pathname.startsWith("/api/")) paths.push(pathname);
    };
    page.on("request", note);
    await act();
    await page.waitForLoadState("networkidle");
    page.off("request", note);
    return paths;
}

/** From page to page, without loading anew. */
async function turnPages(page) {
    await page.getByRole("link", { name: "Offer your services" }).first().click();
    await page.waitForURL((url) => url.pathname !== "/");
    await page.getByRole("link", { name: "Appointed, home" }).click();
    await page.getByRole("searchbox").or(page.locator(".provider-card")).first().waitFor();
}

journey("a guest's hold shows in every tab of the browser until it is paid, and leaves nothing there", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Held Here");
    const before = await secondTab(page, "/");
    const id = await hold(page, provider, newAddress("payer"));
    // One that was open, and one that is opened now.
    await notice(before).getByText(/^Massage with Held Here is kept for you until \d\d:\d\d, and waits to be paid\./).waitFor();
    const after = await secondTab(page, "/");
    await notice(after).getByRole("link", { name: "Pay now" }).waitFor();
    assert.deepEqual(await asked(after, () => turnPages(after)), [], "turning pages asks nothing");
    await checkAccessibility(after);
    await photograph(after, "held-tab", { fullPage: false });
    assert.match(await shared(after), new RegExp(`^${id} \\d+ \\S+$`));

    await notice(after).getByRole("link", { name: "Pay now" }).click();
    await after.waitForURL((url) => url.pathname === `/pay/${id}` && url.hash === "");
    await after.getByRole("button", { name: "Pay now · €50" }).click();
    await after.getByRole("button", { name: PAY }).click();
    await after.getByRole("heading", { name: "You are booked" }).waitFor();
    await notice(before).waitFor({ state: "detached" });
    assert.equal(await shared(after), null);
});

journey("a hold that has lapsed leaves nothing in the browser", async ({ page, server }) => {
    const provider = await prepaid(server, "Held Briefly");
    const id = await hold(page, provider, newAddress("payer"));
    const token = (await shared(page)).split(" ").at(-1);
    await page.goto("about:blank");
    // It lapsed while nobody was here.
    const other = await page.context().newPage();
    await other.addInitScript(([id, token]) => localStorage.setItem("appointed.holds", `${id} 1000000000 ${token}`), [id, token]);
    await other.goto("/");
    await other.getByRole("link", { name: "Log in" }).waitFor();
    await eventually("nothing left", async () => (await shared(other)) === null);
    assert.equal(await notice(other).count(), 0);
});

journey("whoever logs in, or out, finds no hold of a guest", async ({ page, server }) => {
    const provider = await prepaid(server, "Held Apart");
    await hold(page, provider, newAddress("payer"));
    const other = await secondTab(page, "/");
    await notice(other).waitFor();
    await register(other, { name: "Otto Other", email: newAddress("otto") }, "/");
    await notice(other).waitFor({ state: "detached" });
    assert.equal(await shared(other), null);
    const third = await secondTab(page, "/");
    await third.getByRole("link", { name: "My bookings" }).waitFor();
    assert.equal(await notice(third).count(), 0);
});

journey("members find what they hold on any device, how many there are, and the way to them", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Held Anywhere");
    const email = newAddress("member");
    await register(page, { name: "Mia Member", email });
    const first = await hold(page, provider);

    const other = await visitor();
    await logIn(other, email, "/");
    await notice(other).getByText(/^Massage with Held Anywhere is kept for you/).waitFor();
    assert.deepEqual(await asked(other, () => turnPages(other)).then((paths) => paths.filter((path) => /bookings/.test(path))), []);
    assert.equal(await notice(other).getByRole("link").getAttribute("href"), `/pay/${first}`);

    await hold(page, await prepaid(server, "Held Besides"));
    // Where a tab is looked at again, it asks again.
    await other.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
    await notice(other).getByText(/^2 bookings are kept for you and wait to be paid, the first until \d\d:\d\d\./).waitFor();
    await checkAccessibility(other);
    await photograph(other, "held-several", { fullPage: false });
    await notice(other).getByRole("link", { name: "My bookings" }).click();
    await other.getByRole("link", { name: "Pay now" }).nth(1).waitFor();
    await other.getByRole("link", { name: "Pay now" }).first().click();
    await other.getByRole("button", { name: "Give up this time" }).click();
    await other.getByRole("heading", { name: "You gave up this time" }).waitFor();
    await other.getByRole("link", { name: "Appointed, home" }).click();
    await notice(other).getByText(/^Massage with Held \w+ is kept for you/).waitFor();

    // What they hold is nobody's who comes after them.
    await other.goto("/account");
    await other.getByRole("button", { name: "Log out", exact: true }).click();
    await other.getByRole("link", { name: "Log in" }).first().waitFor();
    await other.goto("/");
    await other.waitForLoadState("networkidle");
    assert.deepEqual(await asked(other, () => other.reload()), [], "guests cause no request");
    assert.equal(await notice(other).count(), 0);
});

journey("who holds too much is led to what waits, gives one up and books", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const email = newAddress("payer");
    for (const name of ["Held One", "Held Two", "Held Three"]) await hold(page, await prepaid(server, name), email);
    const provider = await prepaid(server, "Held Too Much");
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await fillDetails(page, { name: "Paula Payer", email });
    await notice(page).getByText(/^3 bookings are kept for you/).waitFor();
    await page.getByRole("button", { name: /^Continue to payment/ }).click();
    await page.getByText("Other bookings still wait to be paid. Please pay or cancel one of them first.").waitFor();
    const ways = page.getByRole("link", { name: /^Pay or give up/ });
    await ways.nth(2).waitFor();
    await checkAccessibility(page);
    await photograph(page, "held-too-many");
    await ways.first().click();
    await page.getByRole("button", { name: "Give up this time" }).click();
    await page.getByRole("heading", { name: "You gave up this time" }).waitFor();
    // The first, then the next.
    await page.getByRole("link", { name: "Appointed, home" }).click();
    await notice(page).getByText(/^2 bookings are kept for you/).waitFor();
    await notice(page).getByRole("link", { name: "Pay now" }).click();
    await page.getByRole("heading", { name: HOLD }).waitFor();
    await page.goBack();
    await page.goBack();
    await page.goBack();
    await page.getByRole("button", { name: /^Continue to payment/ }).click();
    await page.getByRole("button", { name: PAY }).waitFor();

    // Another browser knows of none, and a mail leads there.
    const elsewhere = await visitor();
    await elsewhere.goto(provider.path);
    await (await timesOfALaterDay(elsewhere, 4)).first().click();
    await fillDetails(elsewhere, { name: "Paula Payer", email });
    await elsewhere.getByRole("button", { name: /^Continue to payment/ }).click();
    await elsewhere.getByText("This browser does not know them. If they are yours, we mail you links to them.").waitFor();
    await elsewhere.getByRole("link", { name: "Mail me my links" }).waitFor();
}, { expectedErrors: [/409/] });
