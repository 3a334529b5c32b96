// The provider's agenda: bookings are dragged, by mouse and keyboard, put back, refused; the drawer, the month, a phone.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { hold } from "./support/hold.js";
import { journey } from "./support/journey.js";
import { PASSWORD, bookThrough, newAddress, openProvider } from "./support/people.js";

const DAY = 86_400_000;

/** The Monday of the week after next as `2026-12-07`, far enough from now for anything to be moved. */
function monday(weeks = 2) {
    const day = new Date(Date.now() + weeks * 7 * DAY);
    day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
    return day.toISOString().slice(0, 10);
}

function plus(date, days) {
    return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** Nine o'clock in Berlin is eight or seven in UTC; the API takes the offset that the date has there. */
function berlin(date, clock) {
    const guess = new Date(`${date}T${clock}:00Z`);
    const shown = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", hourCycle: "h23" }).format(guess);
    const ahead = (Number(shown) - guess.getUTCHours() + 24) % 24;
    return new Date(guess - ahead * 3_600_000).toISOString().replace(".000", "");
}

/** A provider with a booking on the Tuesday of the week after next, nine to half past, and its owner logged in. */
async function begin({ page, server }, service = {}) {
    const provider = await openProvider(server, { name: "Corner Practice", service: { slot_step_minutes: 30, ...service } });
    const week = monday();
    const tuesday = plus(week, 1);
    const book = (date, clock, name) => bookThrough(server, provider, { start_at: berlin(date, clock), name });
    const booking = await book(tuesday, "09:00", "Ada Lovelace");
    await page.goto(`/login?next=${encodeURIComponent(`/dashboard/${provider.id}?view=week&date=${week}`)}`);
    await page.getByLabel("E-mail").fill(provider.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    const ada = page.getByRole("button", { name: /^Ada Lovelace/ });
    await ada.waitFor();
    return { provider, week, tuesday, book, booking, ada };
}

/** Where a time of a day stands on the page: the middle of its column. */
async function spot(page, column, hour) {
    const box = await page.locator(".tg-column").nth(column).boundingBox();
    return { x: box.x + box.width / 2, y: box.y + (box.height / 24) * hour };
}

async function drag(page, from, to) {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 3, from.y + 8);
    await page.mouse.move(to.x, to.y, { steps: 6 });
}

journey("a booking is dragged to another time and put back", async ({ page, server, photograph, checkAccessibility }) => {
    const { booking, provider, ada } = await begin({ page, server });
    await checkAccessibility(page);
    await photograph(page, "agenda-week");

    await ada.scrollIntoViewIfNeeded();
    await drag(page, await spot(page, 1, 9.2), await spot(page, 3, 11.2));
    await page.locator(".tg-ghost", { hasText: "11:00–11:30" }).waitFor();
    await page.screenshot({ path: "../artifacts/agenda-dragging.png" });
    await page.mouse.up();
    await page.getByText(/Now Thu .*11:00–11:30.*told/).waitFor();
    await page.getByRole("button", { name: /^Ada Lovelace.*Thu .*11:00–11:30/ }).waitFor();

    const moved = await provider.call("GET", `/bookings/${booking.id}`);
    assert.equal(Date.parse(moved.start_at), Date.parse(booking.start_at) + 2 * DAY + 2 * 3_600_000);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("It is back where it was.").waitFor();
    const back = await provider.call("GET", `/bookings/${booking.id}`);
    assert.equal(Date.parse(back.start_at), Date.parse(booking.start_at));
});

journey("a booking is made longer at its edge, and Escape leaves it", async ({ page, server }) => {
    const { booking, provider, ada } = await begin({ page, server });
    await ada.scrollIntoViewIfNeeded();
    const grip = await page.locator(".tg-grip").boundingBox();
    const edge = { x: grip.x + grip.width / 2, y: grip.y + grip.height - 3 };
    await drag(page, edge, await spot(page, 1, 10.25));
    await page.locator(".tg-ghost", { hasText: "09:00–10:15" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".tg-ghost").waitFor({ state: "detached" });
    await page.mouse.up();
    assert.equal(Date.parse((await provider.call("GET", `/bookings/${booking.id}`)).end_at), Date.parse(booking.end_at));

    await drag(page, edge, await spot(page, 1, 10.25));
    await page.mouse.up();
    await page.getByText(/Now Tue .*09:00–10:15/).waitFor();
    assert.equal(Date.parse((await provider.call("GET", `/bookings/${booking.id}`)).end_at), Date.parse(booking.start_at) + 75 * 60_000);
});

journey("the keyboard moves and resizes", async ({ page, server }) => {
    const { booking, provider, ada } = await begin({ page, server });
    await ada.focus();
    await page.keyboard.press("m");
    await page.getByRole("status").filter({ hasText: /^Moving Ada Lovelace, Tuesday .*09:00–09:30/ }).waitFor();
    for (const key of ["ArrowDown", "ArrowRight", "Shift+ArrowDown"]) await page.keyboard.press(key);
    await page.getByRole("status").filter({ hasText: /^Wednesday .*09:15–10:00$/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("status").filter({ hasText: "Left as it was." }).waitFor();

    await ada.focus();
    for (const key of ["m", "ArrowDown", "ArrowRight", "Shift+ArrowDown", "Enter"]) await page.keyboard.press(key);
    await page.getByText(/Now Wed .*09:15–10:00/).waitFor();
    const moved = await provider.call("GET", `/bookings/${booking.id}`);
    assert.equal(Date.parse(moved.start_at), Date.parse(booking.start_at) + DAY + 15 * 60_000);
    assert.equal(Date.parse(moved.end_at) - Date.parse(moved.start_at), 45 * 60_000);
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label")?.startsWith("Ada Lovelace"));

    // Enter opens it, Escape closes it and gives the focus back.
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Ada Lovelace" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Ada Lovelace" }).waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label")?.startsWith("Ada Lovelace"));
});

journey("a move that is refused goes back", async ({ page, server }) => {
    const { book, booking, provider, tuesday, ada } = await begin({ page, server });
    // Somebody books while the agenda is open, and the page does not know.
    await book(tuesday, "11:00", "Quick Quinn");
    await ada.scrollIntoViewIfNeeded();
    await drag(page, await spot(page, 1, 9.2), await spot(page, 1, 11.2));
    await page.mouse.up();
    await page.getByText(/It stays where it was\./).waitFor();
    await page.getByRole("button", { name: /^Ada Lovelace.*09:00–09:30/ }).waitFor();

    // The booking is changed elsewhere while it is in the hand: the page shows what it is now.
    await drag(page, await spot(page, 1, 9.2), await spot(page, 1, 10.2));
    await provider.call("POST", `/bookings/${booking.id}/reschedule`, { start_at: berlin(tuesday, "14:00") }, booking.version);
    await page.mouse.up();
    await page.getByText("This booking was changed meanwhile.").waitFor();
    await page.getByRole("button", { name: /^Ada Lovelace.*14:00–14:30/ }).waitFor();
}, { expectedErrors: [/409/, /412/] });

journey("a move that is refused when the list is in view leaves the list as it is", async ({ page, server }) => {
    const { book, tuesday, ada } = await begin({ page, server });
    await book(tuesday, "09:30", "Quick Quinn");
    const answer = await hold(page, "**/reschedule");
    await ada.focus();
    for (const key of ["m", "ArrowDown", "Enter"]) await page.keyboard.press(key);
    await page.keyboard.press("l");
    await page.waitForURL(/view=list/);
    const before = page.url();
    answer();
    await page.getByText(/It stays where it was\./).waitFor();
    assert.equal(page.url(), before);
}, { expectedErrors: [/409/] });

journey("the drawer knows everything about a booking", async ({ page, server, photograph, checkAccessibility }) => {
    const { ada, week } = await begin({ page, server }, { approval_required: true });
    await page.getByRole("link", { name: "1 request to answer" }).waitFor();
    await ada.click();
    const drawer = page.getByRole("dialog", { name: "Ada Lovelace" });
    await drawer.getByRole("button", { name: "Confirm" }).waitFor();
    assert.match(page.url(), /booking=/);
    await checkAccessibility(page);
    await photograph(page, "agenda-drawer");
    await drawer.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("Confirmed. The client is told.").waitFor();
    await drawer.getByText("History").click();
    await drawer.getByText(/confirmed/i).first().waitFor();

    await drawer.getByRole("button", { name: "Change time" }).click();
    await drawer.getByLabel("From").fill("15:00");
    await drawer.getByLabel("Until").press("Tab");
    await checkAccessibility(page);
    await drawer.locator("form").getByRole("button", { name: "Move" }).click();
    await page.getByText(/Now Tue .*15:00–15:30/).waitFor();

    // The address leads back to the drawer.
    await page.reload();
    await drawer.getByText("15:00–15:30").waitFor();
    await drawer.getByRole("button", { name: "Cancel" }).click();
    await page.getByLabel("Reason").fill("Water in the cellar.");
    await page.getByRole("button", { name: "Cancel booking" }).click();
    await page.getByText("Cancelled. The client is told.").waitFor();
    await drawer.getByText("Water in the cellar.").first().waitFor();
    await page.keyboard.press("Escape");
    await ada.waitFor({ state: "detached" });
    await page.waitForURL(new RegExp(`date=${week}$`));
});

journey("what is not there yet says so without a line, and comes with the next press", async ({ page, server }) => {
    const { ada } = await begin({ page, server });
    const asked = [];
    page.on("request", (request) => /\.(wasm|pack)$/.test(request.url()) && asked.push(request.url().split("/").pop()));
    await page.reload();
    await ada.waitFor();
    await page.context().setOffline(true);
    asked.length = 0;
    await ada.click();
    await page.getByText("You are offline. Nothing is lost").waitFor();
    assert.doesNotMatch(page.url(), /booking=/);
    assert.deepEqual([...new Set(asked)], ["agenda_later.pack"], "no file of it is tried by itself");

    await page.context().setOffline(false);
    await ada.click();
    await page.getByRole("dialog", { name: "Ada Lovelace" }).getByRole("heading", { name: "Ada Lovelace" }).waitFor();
    assert.deepEqual(asked.filter((name) => name.endsWith(".wasm")), [], "and all of it comes in one");
}, { expectedErrors: [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/, /did not come/] });

journey("an empty stretch takes a client or is kept free", async ({ page, server, photograph, checkAccessibility }) => {
    await begin({ page, server });
    const at = await spot(page, 2, 10.6);
    await page.mouse.click(at.x, at.y);
    const sheet = page.getByRole("dialog", { name: /^Wednesday .*10:30$/ });
    await sheet.waitFor();
    await checkAccessibility(page);
    await photograph(page, "agenda-sheet");
    await sheet.getByLabel("Note").fill("Dentist");
    await sheet.getByRole("button", { name: "Block" }).click();
    await page.getByText("Blocked.").waitFor();
    await page.locator(".tg-away", { hasText: "Dentist" }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator(".tg-away").waitFor({ state: "detached" });

    await page.mouse.click(at.x, at.y);
    await sheet.getByRole("link", { name: /Consultation/ }).click();
    await page.getByText("10:30–11:00").first().waitFor();
    await page.getByLabel("Name").fill("Grace Hopper");
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("button", { name: /^Grace Hopper.*10:30–11:00/ }).waitFor();
});

journey("views, days and keys", async ({ page, server, photograph, checkAccessibility }) => {
    const { tuesday, ada } = await begin({ page, server });
    const heading = () => page.locator(".agenda-when h2").innerText();
    const first = await heading();
    await page.getByRole("button", { name: "Later" }).click();
    await page.waitForFunction((before) => document.querySelector(".agenda-when h2").innerText !== before, first);
    await page.keyboard.press("ArrowLeft");
    await ada.waitFor();
    await page.keyboard.press("m");
    await page.getByRole("button", { name: /, 1 booking$/ }).waitFor();
    await page.waitForFunction(() => !document.querySelector(".loading"));
    await checkAccessibility(page);
    await photograph(page, "agenda-month");
    await page.getByRole("button", { name: /, 1 booking$/ }).click();
    await ada.waitFor();
    assert.match(page.url(), new RegExp(`view=day&date=${tuesday}`));
    await photograph(page, "agenda-day");
    await page.keyboard.press("l");
    await page.getByRole("radio", { name: "Coming" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "agenda-list");
    await page.keyboard.press("w");
    await page.locator(".tg-column").nth(6).waitFor();
    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "agenda-keys");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "hidden" });
    await page.keyboard.press("t");
    await page.locator(".tg-now").waitFor();
});

journey("the month moves a booking to another day, by mouse and by keyboard", async ({ page, server, photograph, checkAccessibility }) => {
    const { provider, tuesday, booking } = await begin({ page, server });
    const ada = page.getByRole("link", { name: /^09:00 Ada Lovelace/ });
    await page.goto(`/dashboard/${provider.id}?view=month&date=${tuesday}`);
    const read = () => server.json(`/api/v1/bookings/${booking.id}`, { headers: { "x-manage-token": booking.manage_token } });
    const stands = (date, clock) => eventually("it stands there", async () => Date.parse((await read()).start_at) === Date.parse(berlin(date, clock)));
    await ada.dragTo(ada.locator("xpath=ancestor::td/following-sibling::td[2]"));
    await page.getByText(/^Now Thu/).waitFor();
    await stands(plus(tuesday, 2), "09:00");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("It is back where it was. Nobody was told.").waitFor();
    await stands(tuesday, "09:00");

    // By keyboard, into the month after next and back, and down.
    await ada.focus();
    await page.keyboard.press("m");
    await page.locator(".agenda-month [role=status]").getByText(/^Moving Ada Lovelace/).waitFor();
    for (let week = 0; week < 6; week++) await page.keyboard.press("ArrowDown");
    for (let week = 0; week < 6; week++) await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    await page.locator(".month-ghost").waitFor();
    await checkAccessibility(page);
    await photograph(page, "agenda-month-move");
    await page.keyboard.press("Escape");
    await page.locator(".month-ghost").waitFor({ state: "detached" });
    assert.equal(Date.parse((await read()).start_at), Date.parse(berlin(tuesday, "09:00")));
    await eventually("the focus on it", () => ada.evaluate((chip) => chip === document.activeElement));
    await page.keyboard.press("m");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await stands(plus(tuesday, 1), "09:00");
    await page.getByText(/^Now Wed/).waitFor();
    await eventually("the focus stays", () => ada.evaluate((chip) => chip === document.activeElement));
    // Whoever goes elsewhere with it in the hand leaves it as it was.
    await page.keyboard.press("m");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("radio", { name: "List" }).check();
    await page.getByRole("radio", { name: "Coming" }).waitFor();
    await page.getByRole("radio", { name: "Month" }).check();
    await page.locator(".agenda-month").waitFor();
    await stands(plus(tuesday, 1), "09:00");
    await ada.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Ada Lovelace" }).waitFor();
});

journey("back goes through views and closes the drawer", async ({ page, server }) => {
    const { week, ada } = await begin({ page, server });
    const bar = () => page.locator("#view, .agenda-how .choice").first().boundingBox();
    const before = await bar();
    await page.keyboard.press("m");
    await page.locator(".agenda-month").waitFor();
    await page.keyboard.press("l");
    await page.getByRole("radio", { name: "Coming" }).waitFor();
    assert.equal((await bar()).x, before.x, "the switch of views stays where it is");
    await page.getByRole("button", { name: "Later", exact: true }).waitFor();
    await page.goBack();
    await page.locator(".agenda-month").waitFor();
    await page.goBack();
    await ada.waitFor();
    assert.match(page.url(), new RegExp(`view=week&date=${week}$`));

    const drawer = page.getByRole("dialog", { name: "Ada Lovelace" });
    await ada.click();
    await drawer.waitFor();
    await page.goBack();
    await drawer.waitFor({ state: "detached" });
    assert.match(page.url(), new RegExp(`view=week&date=${week}$`));
    await page.waitForFunction(() => document.activeElement.getAttribute("aria-label")?.startsWith("Ada Lovelace"));
    // Closed by its own button, it is not a step back either.
    await ada.click();
    await drawer.waitFor();
    await drawer.getByRole("button", { name: "Close" }).click();
    await page.waitForURL(new RegExp(`view=week&date=${week}$`));
    await page.goForward();
    await drawer.waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
});

journey("a note stands above the open drawer and can be pressed there", async ({ page, server }) => {
    const { ada, provider, booking } = await begin({ page, server });
    await page.setViewportSize({ width: 768, height: 900 });
    await page.locator(".tg-column").nth(3).waitFor({ state: "detached" });
    await ada.scrollIntoViewIfNeeded();
    await drag(page, await spot(page, 1, 9.2), await spot(page, 1, 11.2));
    await page.mouse.up();
    const undo = page.getByRole("button", { name: "Undo" });
    await undo.waitFor();
    await ada.click();
    const drawer = page.getByRole("dialog", { name: "Ada Lovelace" });
    await drawer.getByRole("button", { name: "Change time" }).waitFor();
    await drawer.getByRole("button", { name: "Undo" }).waitFor();
    // Pressing waits until nothing lies over it; what is out of reach of a modal dialog is never reached.
    await undo.click();
    await page.getByText("It is back where it was.").waitFor();
    assert.equal(Date.parse((await provider.call("GET", `/bookings/${booking.id}`)).start_at), Date.parse(booking.start_at));
    await page.waitForFunction(() => document.activeElement.id === "booking");
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    // It outlives the drawer.
    await page.locator(".toast").getByRole("button", { name: "Dismiss" }).click();
    await page.locator(".toast").waitFor({ state: "detached" });
});

journey("the days come where their skeleton stood", async ({ page, server, photograph }) => {
    const { provider, week } = await begin({ page, server });
    for (const width of [1440, 768, 390]) {
        await page.setViewportSize({ width, height: 900 });
        for (const view of ["day", "week", "month"]) {
            const come = await hold(page, "**/schedule*");
            await page.goto(`/dashboard/${provider.id}?view=${view}&date=${week}`);
            const bone = page.locator(".agenda-skeleton .bone");
            await bone.waitFor();
            const before = await bone.boundingBox();
            if (width === 1440) await photograph(page, `agenda-skeleton-${view}`, { fullPage: false });
            come();
            await bone.waitFor({ state: "detached" });
            const after = await page.locator(view === "month" ? ".agenda-month" : ".tg").boundingBox();
            for (const side of ["x", "y", "width"]) assert.equal(after[side], before[side], `${side} of ${view} at ${width}`);
            assert.ok(Math.abs(after.height - before.height) < 8, `${view} at ${width}: ${before.height} became ${after.height}`);
        }
    }
});

journey("the head of a day gets the focus and the hours stay", async ({ page, server }) => {
    await begin({ page, server });
    const top = () => page.locator(".tg-scroll").evaluate((grid) => grid.scrollTop);
    const before = await top();
    assert.ok(before > 0);
    for (const more of await page.locator(".tg-more").all()) await more.focus();
    await page.keyboard.press("Shift+Tab");
    assert.equal(await top(), before);
});

journey("days that are over keep the hours they had", async ({ page, server }) => {
    const { provider } = await begin({ page, server });
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(new Date());
    const yesterday = plus(today, -1);
    const { version } = await provider.call("GET", `/providers/${provider.id}/schedule`);
    await provider.call("PUT", `/providers/${provider.id}/schedule/exceptions/${yesterday}`, { windows: [] }, version);
    const open = page.locator(".tg-column .tg-open");
    await page.goto(`/dashboard/${provider.id}?view=day&date=${plus(yesterday, -1)}`);
    await open.first().waitFor();
    await page.goto(`/dashboard/${provider.id}?view=day&date=${yesterday}`);
    await page.locator(".tg-column").first().waitFor();
    assert.equal(await open.count(), 0, "a day on which nobody worked is not shown as open");
});

journey("the weeks in which clocks change", async ({ page, server, photograph, checkAccessibility }) => {
    const { provider } = await begin({ page, server });
    const year = new Date().getUTCFullYear() + 1;
    const lastSunday = (month) => {
        const end = new Date(Date.UTC(year, month, 0));
        return new Date(end - end.getUTCDay() * DAY).toISOString().slice(0, 10);
    };
    // A fold: the hour after two comes twice, told apart by its offset, and has a row of its own.
    await page.goto(`/dashboard/${provider.id}?view=week&date=${lastSunday(10)}`);
    await page.locator(".tg-column").nth(6).waitFor();
    const hours = page.locator(".tg-hours:not(.other) > span");
    assert.equal(await hours.count(), 25);
    assert.deepEqual(await hours.filter({ hasText: "02:00" }).allInnerTexts(), ["02:00\nGMT+2", "02:00\nGMT+1"]);
    assert.equal(await page.locator(".tg-void").count(), 6);
    await checkAccessibility(page);
    await page.locator(".tg-scroll").evaluate((element) => element.scrollTo(0, 0));
    await photograph(page, "agenda-fold");
    // A gap: on that day the hour is void, by itself it is left out.
    await page.goto(`/dashboard/${provider.id}?view=week&date=${lastSunday(3)}`);
    await page.getByText("Clocks go forward").waitFor();
    assert.equal(await page.locator(".tg-column").nth(6).locator(".tg-void").count(), 1);
    await page.goto(`/dashboard/${provider.id}?view=day&date=${lastSunday(3)}`);
    await page.getByText("Clocks go forward").waitFor();
    assert.equal(await hours.count(), 23);
});

journey("somebody in another zone sees both clocks", async ({ page, server }) => {
    const { provider, week } = await begin({ page, server });
    const me = await provider.call("GET", "/me");
    await provider.call("PATCH", "/me", { time_zone: "America/New_York" }, me.version);
    await page.reload();
    await page.getByText(/^Times in Berlin/).waitFor();
    await page.getByRole("button", { name: "Also in New York" }).click();
    await page.locator(".tg-hours.other span").first().waitFor();
    const hours = (column) => page.locator(`.tg-hours${column} > span`).allInnerTexts();
    const [own, other] = [await hours(":not(.other)"), await hours(".other")];
    const nine = new Date(berlin(week, "09:00"));
    const there = new Intl.DateTimeFormat("en-GB", { timeZone: "America/New_York", hour: "2-digit", minute: "2-digit" }).format(nine);
    assert.equal(other[own.indexOf("09:00")], there, "the same row, by the other clock");
    await page.reload();
    await page.locator(".tg-hours.other").waitFor();
});

journey("a week in which one of two zones changes its clocks says both hours", async ({ page, server, photograph }) => {
    const { provider } = await begin({ page, server });
    const me = await provider.call("GET", "/me");
    await provider.call("PATCH", "/me", { time_zone: "America/New_York" }, me.version);
    const year = new Date().getUTCFullYear() + 1;
    // Clocks in Europe change on the last Sunday of March and of October, those in New York on others.
    for (const [month, usual, sunday] of [[3, "05:00", "04:00"], [10, "04:00", "05:00"]]) {
        const end = new Date(Date.UTC(year, month, 0));
        const date = new Date(end - end.getUTCDay() * DAY).toISOString().slice(0, 10);
        await page.goto(`/dashboard/${provider.id}?view=week&date=${date}`);
        await page.getByText("Times in Berlin (GMT+").waitFor();
        assert.match(await page.locator(".agenda-zone").innerText(), month === 3 ? /GMT\+1 \/ GMT\+2/ : /GMT\+2 \/ GMT\+1/);
        const also = page.getByRole("button", { name: "Also in New York" });
        if ((await also.getAttribute("aria-pressed")) === "false") await also.click();
        const hours = (column) => page.locator(`.tg-hours${column} > span`).allInnerTexts();
        await page.locator(".tg-hours.other span").first().waitFor();
        const [own, other] = [await hours(":not(.other)"), await hours(".other")];
        assert.equal(other[own.indexOf("10:00")], `${usual}\nSun ${sunday}`);
        await photograph(page, `agenda-two-clocks-${month}`, { fullPage: false });
    }
});

journey("the agenda on a phone", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const { tuesday, provider } = await begin({ page, server });
    const phone = await visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await phone.goto(`/login?next=${encodeURIComponent(`/dashboard/${provider.id}?date=${tuesday}`)}`);
    await phone.getByLabel("E-mail").fill(provider.email);
    await phone.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await phone.getByRole("button", { name: "Log in" }).click();
    await phone.getByRole("button", { name: /^Ada Lovelace/ }).waitFor();
    assert.equal(await phone.locator(".tg-column").count(), 1);
    await checkAccessibility(phone);
    await phone.screenshot({ path: "../artifacts/agenda-phone.png" });
    await phone.getByRole("button", { name: /^Ada Lovelace/ }).tap();
    await phone.getByRole("dialog", { name: "Ada Lovelace" }).waitFor();
    await phone.screenshot({ path: "../artifacts/agenda-phone-drawer.png" });
    await phone.getByRole("dialog", { name: "Ada Lovelace" }).getByRole("button", { name: "Close" }).tap();
    await phone.locator(".agenda-strip button").nth(2).tap();
    await phone.getByRole("button", { name: /^Ada Lovelace/ }).waitFor({ state: "detached" });
});
