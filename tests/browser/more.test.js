// Lists that grow: whoever brings the last rows by key goes on at the first of them.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { hold } from "./support/hold.js";
import { journey } from "./support/journey.js";
import { payFor } from "./support/money.js";
import { bookThrough, logIn, openProvider } from "./support/people.js";

/** Presses "Show more" by key until there is no more, and finds the focus in the first of the rows that came last. */
async function toTheEnd(page, rows) {
    const more = page.getByRole("button", { name: "Show more" });
    await more.waitFor();
    let before;
    do {
        before = await rows.count();
        await more.focus();
        await page.keyboard.press("Enter");
        await rows.nth(before).waitFor();
        await eventually("what came", async () => (await more.count()) === 0 || (await more.getAttribute("aria-busy")) === null);
    } while ((await more.count()) > 0);
    await eventually("the focus in the first new row", () => rows.nth(before).evaluate((row) => row.contains(document.activeElement)));
    return before;
}

/** Has lists come in pieces of two. */
function inPieces(page, path) {
    return page.route(path, (route) => {
        const url = new URL(route.request().url());
        url.searchParams.set("limit", "2");
        return route.continue({ url: url.href });
    });
}

journey("the agenda's list and the month's money", async ({ page, server, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Many Rows", service: { payment_mode: "full" } });
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    for (const hour of [10, 11, 12, 13, 14]) {
        await payFor(server, await bookThrough(server, provider, { start_at: `${day}T${hour}:00:00Z`, name: `Row ${hour}` }));
    }
    await eventually("the payments in the book", async () => (await provider.call("GET", `/providers/${provider.id}/transactions`)).items.length >= 5);
    await inPieces(page, /\/api\/v1\/providers\/[^/]+\/(bookings|transactions)\?/);
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list`);
    assert.equal(await toTheEnd(page, page.locator(".agenda-row")), 4);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Row 14");
    await checkAccessibility(page);

    await page.goto(`/dashboard/${provider.id}/payments`);
    await toTheEnd(page, page.locator(".table tbody > tr"));
    await checkAccessibility(page);
});

journey("the administration's lists, of which another is not mixed with the last", async ({ page, server }) => {
    for (const name of ["More One", "More Two", "More Three"]) await openProvider(server, { name });
    await inPieces(page, /\/api\/v1\/admin\/providers/);
    await page.goto("/login?next=/admin/providers?q=More");
    await page.getByLabel("E-mail").fill("admin@appointed.example");
    await page.getByLabel("Password", { exact: true }).fill("calm-lantern-42");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname === "/admin/providers");
    assert.equal(await toTheEnd(page, page.locator(".table tbody > tr")), 2);

    // The next rows of one list come when another is on the screen already.
    await page.goto("/admin/providers");
    const answer = await hold(page, /\/api\/v1\/admin\/providers.*cursor=/);
    await page.getByRole("button", { name: "Show more" }).click();
    await page.getByRole("searchbox").fill("More One");
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL(/q=More/);
    await page.getByRole("link", { name: "More One" }).waitFor();
    const late = page.waitForResponse(/cursor=/);
    answer();
    await late;
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    assert.equal(await page.locator(".table tbody > tr").count(), 1);
});
