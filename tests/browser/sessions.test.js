// Sessions that end, begin elsewhere or cannot be asked for.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { PASSWORD, bookThrough, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

/** Logs in through the form. */
async function logIn(page, email, next = "/bookings") {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname !== "/login");
}

/** What the browser says of the tab; a tab that is shown again opens its stream anew. */
function show(page, visible) {
    return page.evaluate((visible) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => !visible });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, visible);
}

/** As if the session had been ended elsewhere: until `again()`, nothing but logging in is answered. */
async function endSession(page, server) {
    const refusal = await (await fetch(`${server.address}/api/v1/me`)).text();
    let over = true;
    const seen = { refreshes: 0, again: () => (over = false) };
    await page.route("**/api/v1/**", (route) => {
        const path = new URL(route.request().url()).pathname;
        if (path.endsWith("/auth/refresh") && over) seen.refreshes += 1;
        if (!over || path.endsWith("/auth/login")) return route.continue();
        return route.fulfill({ status: 401, contentType: "application/problem+json", body: refusal });
    });
    return seen;
}

journey("a session that ended on a live agenda is begun again, and the agenda goes on", async ({ page, server, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Long Days" });
    const { days } = await server.json(`/api/v1/services/${provider.service.id}/slots?from=${date(1)}&to=${date(7)}`);
    const { start_at } = days.at(-1).slots.at(-1);
    const stream = page.waitForResponse((response) => /providers\/[^/]+\/events$/.test(response.url()));
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list`);
    await stream;
    const session = await endSession(page, server);

    await show(page, false);
    await show(page, true);
    const dialog = page.getByRole("dialog", { name: "Please log in again" });
    await dialog.waitFor();
    await page.waitForFunction(() => document.activeElement.id === "again-password");
    await checkAccessibility(page);
    const password = dialog.getByLabel("Password", { exact: true });
    await password.fill(PASSWORD);
    // Looking elsewhere and coming back asks for nothing that must be refused.
    const { refreshes } = session;
    for (let turn = 0; turn < 3; turn += 1) {
        await show(page, false);
        await show(page, true);
        await page.evaluate(() => fetch("/livez"));
    }
    assert.equal(session.refreshes, refreshes);
    assert.equal(await password.inputValue(), PASSWORD, "what is typed stays");

    session.again();
    await dialog.getByRole("button", { name: "Log in" }).click();
    await dialog.waitFor({ state: "hidden" });
    await bookThrough(server, provider, { start_at, name: "Ada Lovelace" });
    await page.getByRole("link", { name: "Ada Lovelace" }).waitFor();
}, { expectedErrors: [/401/, /ERR_FAILED|ERR_ABORTED/] });

journey("logging in leads to pages of this site only", async ({ server, visitor }) => {
    const email = newAddress("careful");
    await server.json("/api/v1/auth/register", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: "Careful Carl", email, password: PASSWORD, time_zone: "Europe/Berlin" }),
    });
    const elsewhere = ["/\t/evil.example", "//evil.example", "/\\evil.example", "https://evil.example/", "/\n\t/evil.example/bookings"];
    const left = [];
    // Nor back to where one gets in.
    for (const next of [...elsewhere, "/login", "/register?next=%2Flogin"]) {
        const page = await visitor();
        page.on("request", (request) => request.url().includes("//evil.example") && left.push(request.url()));
        await logIn(page, email, next);
        await page.getByRole("heading", { name: "My bookings" }).waitFor();
    }
    assert.deepEqual(left, []);
});

journey("a server that stumbles at the start makes nobody a stranger", async ({ page, checkAccessibility }) => {
    await register(page, { name: "Patient Pat", email: newAddress("pat") });
    await page.route("**/api/v1/auth/refresh", (route) => route.fulfill({ status: 503, body: "" }));
    await page.goto("/bookings");
    await page.getByRole("heading", { name: "This could not be loaded" }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/bookings");
    await checkAccessibility(page);
    await page.unroute("**/api/v1/auth/refresh");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "My bookings" }).waitFor();
}, { expectedErrors: [/503/] });

journey("whoever shares a browser leaves nothing of theirs to the next", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Shared Screen" });
    const [first, second] = [newAddress("first"), newAddress("second")];
    await register(page, { name: "First Fiona", email: first }, provider.path);
    const other = await page.context().newPage();
    await (await timesOfALaterDay(page)).first().click();
    await page.getByLabel("Anything we should know").fill("My left shoulder.");
    const address = page.url();

    // Another tab logs out and in as somebody else: this one follows.
    await other.goto("/account");
    await other.getByRole("button", { name: "Log out", exact: true }).click();
    await other.getByRole("link", { name: "Log in" }).waitFor();
    await register(other, { name: "Second Sam", email: second });
    await page.goto(address);
    await page.waitForFunction((email) => document.querySelector("#email")?.value === email, second);
    assert.equal(await page.getByLabel("Name").inputValue(), "Second Sam");
    assert.equal(await page.getByLabel("Anything we should know").inputValue(), "");
});

/** So many days from now, as `2026-12-07`. */
function date(days) {
    return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
