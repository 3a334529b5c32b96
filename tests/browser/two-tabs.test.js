// Two tabs of one browser show the same bookings, without a reload and without losing the place.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { hold } from "./support/hold.js";
import { journey } from "./support/journey.js";
import { bookThrough, logIn, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

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

/** Keeps back the next answer from an address. `free` lets it go on, until it has been heeded. */
async function holdAnswer(page, address) {
    const asked = page.waitForRequest(address);
    const release = await hold(page, address, { times: 1 });
    return {
        asked: () => asked,
        free: async () => {
            release();
            await (await (await asked).response()).finished();
            await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
        },
    };
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
    await page.evaluate(() => fetch("/livez"));
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

journey("a name, and what is typed beside it, in two tabs of an account", async ({ page, server }) => {
    const email = newAddress("noa");
    await register(page, { name: "Noa First", email });
    const other = await secondTab(page, "/account");
    await other.getByLabel("Name").waitFor();
    const save = (tab) => tab.locator("form.form").getByRole("button", { name: "Save", exact: true }).click();

    await page.getByLabel("Name").fill("Noa Second");
    await save(page);
    await page.getByText("Saved.").waitFor();
    await other.waitForFunction(() => document.getElementById("account-name").value === "Noa Second");
    await other.goto("/account", { waitUntil: "commit" });
    await other.getByLabel("Name").waitFor();

    // Nobody's name takes the place of the other's unseen.
    await other.getByLabel("Name").fill("Noa Fourth");
    await page.getByLabel("Name").fill("Noa Third");
    await save(page);
    await page.waitForFunction(() => !document.querySelector("form.form button[aria-busy=true]"));
    await save(other);
    await other.getByText(/It was changed elsewhere in the meantime/).waitFor();
    assert.equal(await other.getByLabel("Name").inputValue(), "Noa Fourth");
    await save(other);
    await page.waitForFunction(() => document.getElementById("account-name").value === "Noa Fourth");

    // A page that was begun in one tab leads to the dashboard from the other.
    await other.goto("/dashboard/new");
    await other.getByLabel("Name", { exact: true }).fill("Noa's Studio");
    await other.getByRole("radio", { name: "Health" }).click();
    await other.getByRole("combobox", { name: "City" }).fill("Zür");
    await other.getByRole("option", { name: /^Zürich/ }).click();
    await other.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Dashboard" }).waitFor();
    await page.getByRole("link", { name: "Noa's Studio" }).waitFor();
}, { expectedErrors: [/412/] });

journey("services and hours saved in one tab show in the other", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Two Desks" });
    await logIn(page, provider.email, `/dashboard/${provider.id}/services`);
    await page.getByRole("heading", { name: "Consultation" }).waitFor();
    const other = await secondTab(page, `/dashboard/${provider.id}/services/${provider.service.id}`);
    await other.getByLabel("Name", { exact: true }).fill("Long consultation");
    await other.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("heading", { name: "Long consultation" }).waitFor();

    await page.goto(`/dashboard/${provider.id}/hours`);
    await page.getByLabel("Monday from, 1").waitFor();
    await other.goto(`/dashboard/${provider.id}/hours`);
    await other.getByLabel("Monday until, 1").fill("15:00");
    await other.getByLabel("Monday from, 1").fill("10:00");
    await other.getByRole("button", { name: "Save hours" }).click();
    await page.waitForFunction(() => document.querySelector('[aria-label="Monday until, 1"]').value === "15:00");
    await page.getByRole("button", { name: "Save hours" }).and(page.locator("[disabled], [aria-disabled=true]")).waitFor();
});

journey("a page that is renamed is called so everywhere at once", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Old Sign" });
    const desk = `/dashboard/${provider.id}`;
    await logIn(page, provider.email, `${desk}/profile`);
    await page.locator(".desk-name", { hasText: "Old Sign" }).waitFor();
    const others = [];
    for (const path of ["", "/services", "/hours", "/payments"]) others.push(await secondTab(page, desk + path));
    for (const other of others) await other.locator(".desk-name", { hasText: "Old Sign" }).waitFor();
    const rename = async (name) => {
        await page.getByLabel("Name", { exact: true }).fill(name);
        await page.getByRole("button", { name: "Save", exact: true }).click();
        await page.getByText("Saved.").waitFor();
    };
    await rename("New Sign");
    for (const tab of [page, ...others]) await tab.locator(".desk-name", { hasText: "New Sign" }).waitFor();

    // With a second page, the name stands among those to choose from.
    const second = await provider.call("POST", "/providers", {
        name: "Branch", category: "health", address: { line: "Graefestraße 2", city: "Berlin", country: "DE" }, time_zone: "Europe/Berlin", currency: "EUR",
    });
    await page.goto(`${desk}/profile`);
    const [services] = others.slice(1);
    await services.goto(`/dashboard/${second.id}/services`);
    await services.getByRole("combobox").getByRole("option", { name: "New Sign" }).waitFor({ state: "attached" });
    await rename("Third Sign");
    const chosen = (tab) => tab.locator(".desk-name select").evaluate((select) => select.selectedOptions[0].text);
    for (const tab of [page, services]) await tab.locator(".desk-name").getByRole("option", { name: "Third Sign" }).waitFor({ state: "attached" });
    assert.deepEqual([await chosen(page), await chosen(services)], ["Third Sign", "Branch"]);
    await page.getByRole("link", { name: "Account" }).click();
    await page.getByRole("link", { name: "Third Sign" }).waitFor();
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

journey("an answer that comes late takes no question away", async ({ page, server }) => {
    const shop = await openProvider(server, { name: "Slow Lookup" });
    await page.goto(`/login?next=/admin/providers/${shop.id}`);
    await page.getByLabel("E-mail").fill("admin@appointed.example");
    await page.getByLabel("Password", { exact: true }).fill("calm-lantern-42");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { name: "Slow Lookup" }).waitFor();
    await show(page, false);
    const { version } = await shop.call("GET", `/providers/${shop.id}`);
    await shop.call("PATCH", `/providers/${shop.id}`, { name: "Quick Lookup" }, version);

    const answer = await holdAnswer(page, `**/api/v1/admin/providers/${shop.id}`);
    await show(page, true);
    await answer.asked();
    await page.getByRole("button", { name: "Suspend" }).click();
    await page.getByLabel("Reason").fill("Nobody was there.");
    await answer.free();
    assert.equal(await page.getByLabel("Reason").inputValue(), "Nobody was there.");
    // What it would have said is asked for once nothing is open.
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Quick Lookup" }).waitFor();
});

journey("an answer that comes late takes nothing that is typed away", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Slow Typist" });
    const { service } = provider;
    await logIn(page, provider.email, `/dashboard/${provider.id}/services/${service.id}`);
    const name = page.getByLabel("Name", { exact: true });
    await name.waitFor();
    await show(page, false);
    await provider.call("PATCH", `/services/${service.id}`, { duration_minutes: 45 }, service.version);

    const answer = await holdAnswer(page, `**/api/v1/services/${service.id}`);
    await show(page, true);
    await answer.asked();
    await name.fill("Longer talk");
    await answer.free();
    assert.equal(await name.inputValue(), "Longer talk");
    assert.ok(await name.evaluate((field) => field === document.activeElement));
});

journey("a drawer stays while its page changes elsewhere", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Open Drawer" });
    const booking = await bookThrough(server, provider, { start_at: `${date(3)}T10:00:00Z`, name: "Ada Lovelace" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list`);
    await page.getByRole("button", { name: /^Ada Lovelace/ }).or(page.getByRole("link", { name: /^Ada Lovelace/ })).first().click();
    const drawer = page.getByRole("dialog", { name: "Ada Lovelace" });
    await drawer.getByText("History").click();
    await show(page, false);
    const { version } = await provider.call("GET", `/providers/${provider.id}`);
    await provider.call("PATCH", `/providers/${provider.id}`, { name: "Shut Drawer" }, version);
    await drawer.evaluate((element) => (element.mark = "the same"));
    const asked = [];
    page.on("request", (request) => request.url().endsWith(`/api/v1/providers/${provider.id}`) && asked.push(request.method()));
    await show(page, true);
    await page.evaluate(() => fetch("/livez"));
    assert.deepEqual(asked, [], "it is asked for once the drawer is closed");
    assert.equal(await drawer.evaluate((element) => element.mark), "the same");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.title.includes("Shut Drawer"));
    assert.equal(booking.status, "confirmed");
});

journey("a refund that arrives takes no question away", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Slow Bank" });
    const booking = await bookThrough(server, provider, { start_at: `${date(3)}T11:00:00Z`, name: "Rea Refund" });
    let looks = 0;
    await page.route(`**/api/v1/bookings/${booking.id}`, async (route) => {
        const answer = await route.fetch();
        const known = await answer.json();
        looks += 1;
        const at = new Date().toISOString();
        const refund = {
            id: "0b8d3c46-9d7e-4f0c-8a37-0d5fdd2c8a11", amount_minor: 500, cause: "by_hand",
            state: looks === 1 ? "pending" : "succeeded", created_at: at, updated_at: at,
        };
        const money = { ...known.money, paid_minor: 1000, due_minor: 1000, refunded_minor: 500, refunds: [refund] };
        await route.fulfill({ json: { ...known, money } });
    });
    await page.goto(`/manage/${booking.id}#${booking.manage_token}`);
    await page.getByRole("button", { name: "Cancel booking" }).click();
    const question = page.getByRole("dialog");
    await question.getByLabel("Reason").fill("Not yet sure");
    await eventually("another look", async () => looks > 1);
    await page.evaluate(() => fetch("/livez"));
    assert.equal(await question.getByLabel("Reason").inputValue(), "Not yet sure");
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "hidden" });
    await page.locator(".sums").getByText(/€5/).first().waitFor();
});
