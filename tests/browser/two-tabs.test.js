// Two tabs of one browser show the same bookings, without a reload and without losing the place.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { bookThrough, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

/** A visitor's second tab. */
async function secondTab(page, address) {
    const other = await page.context().newPage();
    await other.goto(address);
    return other;
}

/** What the browser says of a tab that is hidden, or shown again. */
function show(page, visible) {
    return page.evaluate((visible) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => !visible });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, visible);
}

/** Counts what a page puts up while something is on its way. */
async function watchSkeletons(page) {
    await page.evaluate(() => {
        window.skeletons = 0;
        new MutationObserver(() => (window.skeletons += document.querySelectorAll(".skeleton").length)).observe(document.body, { childList: true, subtree: true });
    });
    return () => page.evaluate(() => window.skeletons);
}

async function cancel(page) {
    await page.getByRole("button", { name: "Cancel booking" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel booking" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByText("Cancelled", { exact: true }).first().waitFor();
}

journey("a booking made and cancelled in one tab shows in the other", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Two Windows" });
    await register(page, { name: "Tabea Twice", email: newAddress("tabea") }, "/bookings");
    await page.getByRole("heading", { name: "Nothing coming up" }).or(page.getByText("Find a provider")).first().waitFor();
    const skeletons = await watchSkeletons(page);

    const other = await secondTab(page, provider.path);
    await (await timesOfALaterDay(other)).first().click();
    await other.getByRole("button", { name: "Book", exact: true }).click();
    await other.getByRole("heading", { name: "You are booked" }).waitFor();
    const mine = page.getByRole("link", { name: "Consultation" });
    await mine.waitFor();
    assert.equal(await skeletons(), 0);

    await mine.click();
    await page.getByText("Confirmed", { exact: true }).waitFor();
    await page.getByText("History").click();
    await page.getByRole("button", { name: "Move" }).click();
    await page.locator("#move").getByRole("button", { name: /, \d+ free times?$/ }).first().waitFor();
    const flashes = await watchSkeletons(page);
    await other.getByRole("link", { name: "Move or cancel" }).click();
    // A question that is being answered is not taken away.
    await page.getByRole("button", { name: "Cancel booking" }).click();
    const question = page.getByRole("dialog");
    await question.getByLabel("Reason").fill("Not yet sure");
    await cancel(other);
    await show(page, false);
    await show(page, true);
    await page.evaluate(() => fetch("/healthz"));
    assert.equal(await question.getByLabel("Reason").inputValue(), "Not yet sure");
    await page.keyboard.press("Escape");
    await page.getByText("Cancelled", { exact: true }).first().waitFor();
    await page.locator("#move").waitFor({ state: "detached" });
    await page.locator("details.history[open]").getByText(/ancelled/).waitFor();
    assert.equal(await flashes(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "the focus is led to what came in place of the buttons");
}, { expectedErrors: [/409 \(Conflict\).*\/slots/] });

journey("a tab that was hidden looks again when it is shown", async ({ page, server, visitor }) => {
    const provider = await openProvider(server, { name: "Hidden Window" });
    const { days } = await server.json(`/api/v1/services/${provider.service.id}/slots?from=${date(2)}&to=${date(4)}`);
    const booking = await bookThrough(server, provider, { start_at: days.at(-1).slots.at(-1).start_at, name: "Gia Guest" });
    const link = `/manage/${booking.id}#${booking.manage_token}`;
    await page.goto(link);
    await page.getByText("Confirmed", { exact: true }).waitFor();
    await show(page, false);
    // Another browser, of which this one hears nothing.
    const elsewhere = await visitor();
    await elsewhere.goto(link);
    await cancel(elsewhere);
    assert.ok(await page.getByText("Confirmed", { exact: true }).isVisible());
    await show(page, true);
    await page.getByText("Cancelled", { exact: true }).first().waitFor();
});

/** So many days from now, as `2026-12-07`. */
function date(days) {
    return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

journey("logging out everywhere is asked about first", async ({ page, checkAccessibility, photograph }) => {
    await register(page, { name: "Every Where", email: newAddress("every") });
    await page.getByRole("button", { name: "Log out everywhere" }).click();
    const question = page.getByRole("dialog", { name: "Log out everywhere?" });
    await question.waitFor();
    await checkAccessibility(page);
    await photograph(page, "log-out-everywhere");
    await question.getByRole("button", { name: "Cancel" }).click();
    await question.waitFor({ state: "hidden" });
    assert.equal(new URL(page.url()).pathname, "/account");
    await page.getByRole("button", { name: "Log out everywhere" }).click();
    await question.getByRole("button", { name: "Log out everywhere" }).click();
    await page.getByRole("link", { name: "Log in" }).waitFor();
});
