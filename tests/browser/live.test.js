// Pages that are open follow what others do.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { PASSWORD, bookThrough, fillDetails, logIn, newAddress, openProvider, timesOfALaterDay } from "./support/people.js";

/** The promise, in milliseconds. */
const SOON = 2000;

/** The full hour so many hours from now, as the API writes it. */
const soon = (hours) => new Date(Math.floor(Date.now() / 3_600_000 + hours) * 3_600_000).toISOString();

/** So many hours after noon in UTC, so many days from now, as the API writes it. */
function noon(days, hours) {
    const middle = Math.floor(Date.now() / 86_400_000 + days) * 86_400_000 + 12 * 3_600_000;
    return new Date(middle + hours * 3_600_000).toISOString();
}

/** Books the time at this address, and tells when it is done. */
async function book(page, address, name) {
    await page.goto(address);
    await fillDetails(page, { name, email: newAddress("quick") });
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
}

/** Opens the picker on a later day; resolves to its first times once the stream is open, and to their addresses. */
async function openPicker(page, provider) {
    const stream = page.waitForResponse((response) => response.url().endsWith("/slots/events"));
    await page.goto(provider.path);
    const times = await timesOfALaterDay(page);
    assert.equal((await stream).status(), 200);
    const labels = (await times.allTextContents()).slice(0, 3).map((text) => text.trim());
    return { times, labels };
}

/** Where choosing a time leads. */
async function addressOf(page, label) {
    await page.locator("button.time", { hasText: label }).first().click();
    await page.waitForURL(/start=/);
    const address = page.url();
    await page.goBack();
    await page.locator("button.time").first().waitFor();
    return address;
}

journey("a time that somebody takes is crossed out on other screens, and nothing moves", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Live Chair", service: { duration_minutes: 60 } });
    const { labels } = await openPicker(page, provider);
    const address = await addressOf(page, labels[1]);
    const taken = page.locator("button.time", { hasText: labels[1] }).first();
    await taken.focus();
    const before = await page.locator("#times").evaluate((list) => list.innerText.split("\n").length);
    const place = await taken.boundingBox();

    await book(await visitor(), address, "Quick Quinn");
    await page.locator("button.time.gone", { hasText: labels[1] }).waitFor({ timeout: SOON });
    assert.equal(await taken.getAttribute("aria-disabled"), "true");
    assert.match(await taken.textContent(), /no longer free/);
    assert.deepEqual(await taken.boundingBox(), place, "it stands where it stood");
    assert.ok(await taken.evaluate((button) => button === document.activeElement), "the focus stays");
    assert.ok((await page.locator("#times").evaluate((list) => list.innerText.split("\n").length)) <= before + 1);
    await checkAccessibility(page);
    await photograph(page, "picker-taken");

    // Pressing it leads nowhere; the next one can be booked.
    await taken.press("Enter");
    assert.doesNotMatch(page.url(), /start=/);
    await page.locator("button.time:not(.gone)").first().click();
    await page.waitForURL(/start=/);
});

journey("news that could not be fetched is fetched again, and what is shown stays meanwhile", async ({ page, server, visitor }) => {
    const provider = await openProvider(server, { name: "Bad Line", service: { duration_minutes: 60 } });
    const { labels } = await openPicker(page, provider);
    const [first, second] = [await addressOf(page, labels[0]), await addressOf(page, labels[1])];
    const desk = await visitor();
    const stream = desk.waitForResponse((response) => /providers\/[^/]+\/events$/.test(response.url()));
    await logIn(desk, provider.email, `/dashboard/${provider.id}?view=week&date=${new URL(first).searchParams.get("start").slice(0, 10)}`);
    await stream;
    await desk.locator(".tg-column").first().waitFor();
    let failures = 0;
    const refuse = (route) => {
        failures += 1;
        return failures % 2 ? route.abort() : route.fulfill({ status: 503, contentType: "application/problem+json", body: "{}" });
    };
    for (const watcher of [page, desk]) await watcher.route(/\/(slots|bookings)\?/, refuse, { times: 2 });
    await book(await visitor(), first, "Quick Quinn");
    await page.locator("button.time.gone", { hasText: labels[0] }).waitFor();
    await desk.locator(".tg-item", { hasText: "Quick Quinn" }).waitFor();
    assert.ok(failures >= 3, "some were refused");
    for (const watcher of [page, desk]) assert.equal(await watcher.locator(".failure").count(), 0);
    await book(await visitor(), second, "Later Lou");
    await page.locator("button.time.gone", { hasText: labels[1] }).waitFor({ timeout: SOON });
}, { expectedErrors: [/ERR_FAILED/, /503/] });

journey("whoever has chosen a time that goes is told while typing", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Kind Words" });
    const { labels } = await openPicker(page, provider);
    await page.locator("button.time", { hasText: labels[0] }).first().click();
    await fillDetails(page, { name: "Slow Sam", email: newAddress("sam") });
    const name = page.getByLabel("Name");
    await name.focus();
    const place = await name.boundingBox();

    await book(await visitor(), page.url(), "Quick Quinn");
    const notice = page.getByRole("alert").filter({ hasText: /^This time is no longer free\. .* still free\. What you typed is kept\./ });
    await notice.waitFor({ timeout: SOON });
    assert.ok((await notice.boundingBox()).y < place.y, "it stands where a time that is refused is told");
    await notice.getByRole("button", { name: /^Take .* instead$/ }).first().waitFor();
    assert.deepEqual(await name.boundingBox(), place, "what is typed in does not move");
    assert.ok(await name.evaluate((field) => field === document.activeElement));
    await checkAccessibility(page);
    await photograph(page, "details-taken");
    await notice.getByRole("link", { name: "All times" }).click();
    await page.locator("button.time:not(.gone)").first().click();
    assert.equal(await page.getByLabel("Name").inputValue(), "Slow Sam");
});

journey("an open agenda shows a new booking", async ({ page, server, visitor }) => {
    const provider = await openProvider(server, { name: "Open Agenda" });
    const customer = await visitor();
    await customer.goto(provider.path);
    await (await timesOfALaterDay(customer)).first().click();
    await fillDetails(customer, { name: "Ada Lovelace", email: newAddress("ada") });

    const stream = page.waitForResponse((response) => /providers\/[^/]+\/events$/.test(response.url()));
    await page.goto(`/login?next=/dashboard/${provider.id}`);
    await page.getByLabel("E-mail").fill(provider.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    const opened = await stream;
    assert.equal(opened.status(), 200);
    assert.doesNotMatch(opened.url(), /token|[?]/, "no token in an address");
    assert.match(await opened.request().headerValue("authorization"), /^Bearer /);

    await customer.getByRole("button", { name: "Book", exact: true }).click();
    await customer.getByRole("heading", { name: "You are booked" }).waitFor();
    await page.getByText("Ada Lovelace").first().waitFor({ timeout: SOON });
});

journey("an open agenda shows a new booking behind a dialog, which keeps what is typed", async ({ page, server, photograph }) => {
    const provider = await openProvider(server, { name: "Busy Agenda" });
    const at = (hours) => noon(2, hours);
    await bookThrough(server, provider, { start_at: at(-1), name: "First Fred" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?date=${at(0).slice(0, 10)}&view=day`);
    await page.getByText("First Fred").first().waitFor();

    // About an empty stretch of the day.
    await page.locator(".tg-column").first().click({ position: { x: 8, y: 8 } });
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("Note").fill("Dentist");
    await bookThrough(server, provider, { start_at: at(0), name: "Second Sue" });
    await page.getByText("Second Sue").first().waitFor({ timeout: SOON });
    await photograph(page, "agenda-behind-dialog", { fullPage: false });
    assert.equal(await sheet.getByLabel("Note").inputValue(), "Dentist");
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });

    // About a booking, which is called off elsewhere meanwhile.
    await page.getByRole("button", { name: /^First Fred/ }).click();
    await page.getByRole("dialog", { name: "First Fred" }).getByRole("button", { name: "Cancel", exact: true }).click();
    const question = page.getByRole("dialog", { name: "Cancel this booking?" });
    await question.getByLabel("Reason").fill("Not yet sure");
    await bookThrough(server, provider, { start_at: at(1), name: "Third Thea" });
    await page.getByText("Third Thea").first().waitFor({ timeout: SOON });
    const { items } = await provider.call("GET", `/providers/${provider.id}/bookings`);
    const fred = items.find(({ client }) => client.name === "First Fred");
    await provider.call("POST", `/bookings/${fred.id}/cancel`, { reason: "Elsewhere" }, fred.version);
    await page.getByRole("button", { name: /^First Fred/ }).waitFor({ state: "detached", timeout: SOON });
    assert.equal(await question.getByLabel("Reason").inputValue(), "Not yet sure");
    await question.getByRole("button", { name: "Cancel booking" }).click();
    await page.getByText(/changed in the meantime/).waitFor();
    await question.waitFor({ state: "hidden" });
    await page.getByRole("dialog", { name: "First Fred" }).getByText("Cancelled", { exact: true }).waitFor();
}, { expectedErrors: [/409|412/] });

journey("a list of bookings grows behind a dialog, and what that hangs on stays", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Busy List" });
    const at = (hours) => noon(2, hours);
    await bookThrough(server, provider, { start_at: at(0), name: "First Fred" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list`);
    await page.getByRole("link", { name: "First Fred" }).waitFor();

    await page.getByRole("button", { name: /^Whole day: cancel or move/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Message to everyone").fill("Influenza");
    for (const [hours, name] of [[-1, "Second Sue"], [1, "Third Thea"], [-24, "Early Eve"]]) {
        await bookThrough(server, provider, { start_at: at(hours), name });
        await page.getByText(name).waitFor({ timeout: SOON });
    }
    const { items } = await provider.call("GET", `/providers/${provider.id}/bookings`);
    for (const { id, version } of items.filter(({ client }) => client.name !== "Early Eve")) {
        await provider.call("POST", `/bookings/${id}/cancel`, { reason: "Elsewhere" }, version);
    }
    await bookThrough(server, provider, { start_at: at(-23), name: "Last Lou" });
    await page.getByText("Last Lou").waitFor({ timeout: SOON });
    assert.equal(await dialog.getByLabel("Message to everyone").inputValue(), "Influenza");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "First Fred" }).waitFor({ state: "detached" });
    assert.deepEqual(await page.locator(".agenda-row .row-who a").allTextContents(), ["Early Eve", "Last Lou"]);
});

journey("an agenda asks once for what it shows, and again only when something has changed", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Asked Once" });
    await logIn(page, provider.email, "/account");
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    const count = (what) => asked.filter((url) => what.test(url)).length;
    const stream = page.waitForResponse((response) => /providers\/[^/]+\/events$/.test(response.url()));
    await page.goto(`/dashboard/${provider.id}`);
    await page.locator(".tg-column").first().waitFor();
    assert.match(await (await stream).request().headerValue("last-event-id"), /^\d+[.]\d+:/, "it listens from before it asked");

    // When the agenda has heard of a change it has heard of everything before.
    const { version } = await provider.call("GET", `/providers/${provider.id}/schedule`);
    await provider.call("POST", `/providers/${provider.id}/time-off`, { start_at: soon(26), end_at: soon(27), note: "Dentist" }, version);
    await eventually("what has changed", () => count(/\/schedule[?]/) >= 2);
    await eventually("the requests", () => count(/[?&]status=pending(&|$)/) >= 2);
    await eventually("the week in view", () => count(/[?&]status=pending%2C/) >= 2);
    assert.deepEqual([count(/\/schedule[?]/), count(/[?&]status=pending(&|$)/)], [2, 2]);
    assert.equal(count(/[?&]status=pending%2C/), 2, "the weeks around are asked for once somebody does something");
    await page.mouse.move(400, 400);
    await page.mouse.move(410, 410);
    await eventually("the weeks around", async () => count(/[?&]status=pending%2C/) === 4);
});

journey("without a stream the picker asks every few seconds", async ({ page, server, visitor }) => {
    const provider = await openProvider(server, { name: "No Streams", service: { duration_minutes: 60 } });
    await page.route("**/slots/events", (route) => route.abort());
    await page.goto(provider.path);
    const times = await timesOfALaterDay(page);
    const label = (await times.first().textContent()).trim();
    const address = await addressOf(page, label);
    const asked = page.waitForRequest(async (request) => request.url().includes("/slots?") && (await request.headerValue("if-none-match")) !== null);
    await book(await visitor(), address, "Quick Quinn");
    await page.locator("button.time.gone", { hasText: label }).waitFor({ timeout: 8000 });
    assert.ok(await asked, "it asks only for what has changed");
}, { expectedErrors: [/ERR_FAILED/] });

journey("a hidden tab lets go of its stream and catches up when it is shown", async ({ page, server, visitor }) => {
    const provider = await openProvider(server, { name: "Hidden Tab", service: { duration_minutes: 60 } });
    const { labels } = await openPicker(page, provider);
    const address = await addressOf(page, labels[0]);
    const ended = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/slots/events"));
    await show(page, false);
    await ended;
    await book(await visitor(), address, "Quick Quinn");
    assert.equal(await page.locator("button.time.gone").count(), 0);
    const again = page.waitForRequest((request) => request.url().endsWith("/slots/events"));
    await show(page, true);
    assert.ok(await (await again).headerValue("last-event-id"), "it goes on where it stopped");
    await page.locator("button.time.gone", { hasText: labels[0] }).waitFor({ timeout: SOON });
}, { expectedErrors: [/ERR_FAILED|ERR_ABORTED/] });

journey("going back shows at once what was there", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Warm Pages" });
    await page.goto(`/p/${provider.slug}`);
    await page.getByRole("link", { name: "More times for Consultation" }).click();
    await page.locator("button.time").first().waitFor();
    // From here on the server is slow, and nobody notices.
    const held = [];
    await page.route("**/api/v1/**", (route) => void held.push(route));
    await page.goBack();
    await page.getByRole("heading", { name: "Warm Pages" }).waitFor();
    await page.getByText("Consultation").first().waitFor();
    assert.equal(await page.locator(".skeleton").count(), 0);
    await page.goForward();
    await page.locator("button.time").first().waitFor();
    assert.equal(await page.locator(".skeleton").count(), 0);
    await page.unroute("**/api/v1/**");
    for (const route of held) await route.continue().catch(() => {});
});

/** What the browser says of the tab. */
function show(page, visible) {
    return page.evaluate((visible) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => !visible });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, visible);
}
