// After an act: the focus is where one goes on, what was said is true, and nothing is in the way.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { PASSWORD, bookThrough, fillDetails, logIn, newAddress, openProvider, register, shownTimes, timesOfALaterDay } from "./support/people.js";

const DAY = 86_400_000;

/** So many days from now, at noon in UTC. */
function noon(days) {
    return `${date(days)}T12:00:00Z`;
}

function date(days) {
    return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

/** Waits until what has the focus is called like this, by its label or its words. */
function focusOn(page, name) {
    return eventually(`the focus on ${name}`, () =>
        page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent).then((found) => name.test(found)),
    );
}

/** Puts the focus on something and presses Enter, as somebody without a mouse does. */
async function press(target) {
    await target.focus();
    await target.press("Enter");
}

/** A guest's booking, far enough ahead to be moved, at its own page. */
async function atBooking(page, server, provider, days) {
    const booking = await bookThrough(server, provider, { start_at: noon(days), name: "Ada Lovelace" });
    await page.goto(`/manage/${booking.id}#${booking.manage_token}`);
    await page.getByRole("heading", { name: "Consultation" }).waitFor();
    return booking;
}

journey("a move by key that is refused keeps the focus and says so", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Busy Corner" });
    await bookThrough(server, provider, { start_at: noon(14), name: "Ada Lovelace" });
    // One on the next day, and one a week on, which is out of view.
    await bookThrough(server, provider, { start_at: noon(15), name: "Bob Blocks" });
    await bookThrough(server, provider, { start_at: noon(21), name: "Cyd Stays" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=day&date=${date(14)}`);
    const ada = page.getByRole("button", { name: /^Ada Lovelace/ });
    const refusal = page.getByRole("alert").getByText("It stays where it was.");
    for (const days of [1, 7]) {
        await ada.focus();
        await page.keyboard.press("m");
        for (let day = 0; day < days; day += 1) await page.keyboard.press("ArrowRight");
        await page.keyboard.press("Enter");
        await refusal.waitFor();
        await focusOn(page, /^Ada Lovelace/);
        assert.equal(await page.getByText("Put down.").count(), 0);
        await page.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
        await ada.focus();
    }
    // Left in the hand on another day, it is back in view, too.
    await page.keyboard.press("m");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: /^Bob Blocks/ }).waitFor();
    await page.keyboard.press("Escape");
    await focusOn(page, /^Ada Lovelace/);
}, { expectedErrors: [/409/, /422/] });

journey("who moves or cancels goes on at the heading, and can take the move back", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Second Thoughts", service: { horizon_days: 120 } });
    const booking = await atBooking(page, server, provider, 50);
    await press(page.getByRole("button", { name: "Move", exact: true }));
    // The day of the booking is the one to begin with.
    await shownTimes(page);
    const month = new Date(noon(50)).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "Europe/Berlin" });
    assert.equal(await page.locator("#month-title").textContent(), month);
    assert.equal(await page.locator(".chosen[id^='day-']").getAttribute("id"), `day-${date(50)}`);
    await photograph(page, "move-begins");
    await press(page.locator("#times").getByRole("button", { name: /^15:30/ }));
    await press(page.getByRole("dialog").getByRole("button", { name: "Move booking" }));
    await page.getByRole("status").filter({ hasText: /^Moved to .*15:30/ }).waitFor();
    await focusOn(page, /^Consultation$/);
    await checkAccessibility(page);

    await press(page.getByRole("button", { name: "Undo" }));
    await page.locator(".done-when").getByText("13:00–13:30").waitFor();
    await focusOn(page, /^Consultation$/);
    const path = `/bookings/${booking.id}`;
    assert.equal(Date.parse((await provider.call("GET", path)).start_at), Date.parse(booking.start_at));

    await press(page.getByRole("button", { name: "Cancel booking" }));
    await press(page.getByRole("dialog").getByRole("button", { name: "Cancel booking" }));
    await page.getByText("You cancelled this booking.").waitFor();
    await focusOn(page, /^Consultation$/);
    // What is said of the cancellation stands alone.
    assert.equal(await page.locator(".toast").count(), 1);
    assert.equal(await page.getByText(/^Moved to/).count(), 0);
    // What no longer holds is struck, not the word that says so.
    const struck = (selector) => page.locator(selector).evaluate((element) => getComputedStyle(element).textDecorationLine);
    assert.equal(await struck(".done-when"), "line-through");
    assert.equal(await struck(".badge.cancelled"), "none");
});

for (const [width, height] of [[1440, 900], [390, 844]]) {
    journey(`whoever presses Move twice, ${width} wide, chooses a time and cancels nothing`, async ({ page, server, photograph }) => {
        const provider = await openProvider(server, { name: "Steady Hands" });
        await atBooking(page, server, provider, 20);
        const move = page.getByRole("button", { name: "Move", exact: true });
        const place = async () => {
            const { x, width } = await page.locator(".booking-card").boundingBox();
            return [x, width];
        };
        const before = await place();
        await move.dblclick();
        await shownTimes(page);
        assert.deepEqual(await place(), before);
        assert.equal(await page.getByRole("dialog").count(), 0);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out");
        if (width === 1440) await photograph(page, "move-steady");
    }, { viewport: { width, height } });
}

journey("a service that is archived while its times are in view is said to be gone, with the way to the others", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Here and Gone", service: { horizon_days: 120 } });
    await page.goto(provider.path);
    await shownTimes(page);
    const offered = await provider.call("GET", `/services/${provider.service.id}`);
    await provider.call("PATCH", `/services/${provider.service.id}`, { status: "archived" }, offered.version);
    await page.getByText("This can no longer be booked").waitFor();
    await checkAccessibility(page);
    await photograph(page, "service-gone");
    // Who comes later by the same address reads the same.
    await page.reload();
    await page.getByText("This can no longer be booked").waitFor();
    await page.getByRole("link", { name: "Other services" }).click();
    await page.waitForURL((url) => url.pathname === `/p/${provider.slug}`);
}, { expectedErrors: [/404/] });

journey("a move is not offered back into a time that is gone", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Short Notice" });
    const booking = await atBooking(page, server, provider, 20);
    // From now on the old time lies inside the notice, and with that out of reach.
    const offered = await provider.call("GET", `/services/${provider.service.id}`);
    await provider.call("PATCH", `/services/${provider.service.id}`, { minimum_notice_minutes: 21 * 1440 }, offered.version);
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await (await timesOfALaterDay(page)).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Move booking" }).click();
    await page.getByRole("status").filter({ hasText: /^Moved to/ }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Undo" }).count(), 0);
    assert.ok(Date.parse((await provider.call("GET", `/bookings/${booking.id}`)).start_at) > Date.parse(booking.start_at));
});

journey("a note goes with its page and never lies on the button to press", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Clear View" });
    await register(page, { name: "Nora Note", email: newAddress("nora") });
    await page.getByLabel("Name").first().fill("Nora N. Note");
    await page.getByRole("button", { name: "Save" }).first().click();
    const note = page.locator(".toast");
    await note.waitFor();
    await page.getByRole("banner").getByRole("link", { name: "Appointed" }).first().click();
    await page.waitForURL((url) => url.pathname === "/");
    await note.waitFor({ state: "detached" });

    // One that offers something stays, off the button.
    await page.getByRole("link", { name: "Account" }).click();
    await page.getByRole("button", { name: "Log out", exact: true }).click();
    await page.getByRole("link", { name: "Log in" }).waitFor();
    await logIn(page, provider.email, `/dashboard/${provider.id}`);
    await bookThrough(server, provider, { start_at: noon(9), name: "Ada Lovelace" });
    await page.goto(`/dashboard/${provider.id}?view=day&date=${date(9)}`);
    await page.getByRole("button", { name: /^Ada Lovelace/ }).focus();
    for (const key of ["m", "ArrowRight", "Enter"]) await page.keyboard.press(key);
    await page.getByRole("button", { name: "Undo" }).waitFor();
    // Stays as long as somebody is at it.
    await page.getByRole("button", { name: "Undo" }).focus();
    await page.evaluate((path) => {
        const link = Object.assign(document.createElement("a"), { href: path });
        document.querySelector("main").append(link);
        link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }, provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await page.getByRole("heading", { name: "Your details" }).waitFor();
    const covered = () =>
        page.evaluate(() => {
            const [button] = [...document.querySelectorAll("form .button.primary")];
            const place = button.getBoundingClientRect();
            return [...document.querySelectorAll(".toast")].some((toast) => {
                const note = toast.getBoundingClientRect();
                return note.left < place.right && note.right > place.left && note.top < place.bottom && note.bottom > place.top;
            });
        });
    // Wherever the button comes to stand.
    for (const height of [900, 700, 560]) {
        await page.setViewportSize({ width: 390, height });
        await page.evaluate((height) => {
            const button = document.querySelector("form .button.primary").getBoundingClientRect();
            window.scrollBy(0, button.bottom - height + 20);
        }, height);
        await eventually("the button is free", async () => (await page.locator(".toast").count()) === 1 && !(await covered()));
    }
});

journey("who has to log in again types at once, and what was pressed is done", async ({ page, server, photograph, checkAccessibility }) => {
    await register(page, { name: "Lapsed Lou", email: newAddress("lou") });
    await page.getByLabel("Name").first().fill("Lou Lapsed");
    const refusal = await (await fetch(`${server.address}/api/v1/me`)).text();
    let over = true;
    let writes = 0;
    // What the page reads by itself goes on being answered, so that it is the press that learns of the end.
    await page.route("**/api/v1/**", (route) => {
        const path = new URL(route.request().url()).pathname;
        const write = route.request().method() === "PATCH";
        if (write) writes += 1;
        if (!over || !(write || path.endsWith("/auth/refresh"))) return route.continue();
        return route.fulfill({ status: 401, contentType: "application/problem+json", body: refusal });
    });
    await page.getByRole("button", { name: "Save" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Please log in again" });
    await dialog.getByText("What you typed is kept.").waitFor();
    const password = dialog.getByLabel("Password", { exact: true });
    await eventually("the focus in the field", () => password.evaluate((field) => field === document.activeElement));
    await checkAccessibility(page);
    await photograph(page, "log-in-again-at-once", { fullPage: false });
    over = false;
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await page.getByText("Saved.").waitFor();
    assert.equal(writes, 2, "the one that was refused and the one that was not");
    await page.reload();
    await eventually("the name", async () => (await page.getByLabel("Name").first().inputValue()) === "Lou Lapsed");

    // Who closes the question is told what became of the press.
    over = true;
    await page.getByLabel("Name").first().fill("Lou Again");
    await page.getByRole("button", { name: "Save" }).first().click();
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("alert").getByText(/log in again/i).waitFor();
    assert.equal(await page.getByRole("button", { name: "Save" }).first().getAttribute("aria-busy"), null);
}, { expectedErrors: [/401/] });

journey("a fault is said once, at its field", async ({ page, server, photograph }) => {
    const other = await openProvider(server, { name: "First Come" });
    const provider = await openProvider(server, { name: "Second Come" });
    await logIn(page, provider.email, `/dashboard/${provider.id}/profile`);
    const address = page.getByLabel("Address of the page").or(page.locator("#slug")).first();
    await address.fill(other.slug);
    await page.locator("form", { has: page.locator("#slug") }).getByRole("button", { name: "Save" }).click();
    await page.locator("#slug[aria-invalid=true]").waitFor();
    assert.equal(await page.getByText("This address is taken by another page.").count(), 1);

    await page.goto("/account");
    await page.getByRole("button", { name: "Delete my account" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete your account?" });
    const password = dialog.getByLabel("Present password");
    await eventually("the focus in the field", () => password.evaluate((field) => field === document.activeElement));
    await password.fill("not the password");
    await dialog.getByRole("button", { name: "Delete account" }).click();
    await dialog.locator("#delete-password[aria-invalid=true]").waitFor();
    assert.equal(await dialog.getByText("The present password is wrong.").count(), 1);
    assert.equal(await dialog.locator(".request-id").count(), 0);
    await eventually("the focus in the field", () => password.evaluate((field) => field === document.activeElement));
    await photograph(page, "delete-wrong-password", { fullPage: false });
}, { expectedErrors: [/409/, /422/] });

journey("who books for a client sees all times that can be had", async ({ page, server, photograph }) => {
    const provider = await openProvider(server, { name: "Own Rules", service: { minimum_notice_minutes: 7 * 1440, horizon_days: 10 } });
    await logIn(page, provider.email, `/dashboard/${provider.id}/book?service=${provider.service.id}`);
    await page.getByRole("button", { name: new RegExp(`^\\D*${Number(date(2).slice(8))} .*free times$`) }).first().waitFor();
    await (await timesOfALaterDay(page)).last().click();
    await photograph(page, "book-client-inside-notice");
    await page.getByLabel("Name").fill("Walk-in Will");
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.waitForURL((url) => url.pathname === `/dashboard/${provider.id}`);
    await page.getByText(/Walk-in Will/).first().waitFor();

    const { days } = await server.json(`/api/v1/services/${provider.service.id}/slots?from=${date(0)}&to=${date(6)}`);
    assert.deepEqual(days, [], "customers are shown none of them");
});

journey("what the line was missing for is not said once it is back", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Weak Signal" });
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await fillDetails(page, { name: "Offline Olga", email: newAddress("olga") });
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Book", exact: true }).click();
    const told = page.getByRole("alert").getByText("You are offline. Nothing is lost");
    await told.waitFor();
    await page.context().setOffline(false);
    await told.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
}, { expectedErrors: [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/] });

journey("the last of a list leads to what is new, and the tab is called what is shown", async ({ page }) => {
    await page.goto("/");
    const cards = page.locator(".provider-card");
    const more = page.getByRole("button", { name: "Show more" });
    await cards.nth(11).waitFor();
    let before;
    for (;;) {
        before = await cards.count();
        await press(more);
        await cards.nth(before).waitFor();
        if (await eventually("the end or the next", async () => ((await more.count()) === 0 ? "end" : (await more.getAttribute("aria-busy")) === null && "more")) === "end") break;
    }
    const first = await cards.nth(before).getByRole("link").first().textContent();
    await focusOn(page, new RegExp(`^${first}$`));

    assert.equal(await page.title(), "Book a time that is really free · Appointed");
    await page.goto("/?q=physio&city=Berlin");
    await eventually("its title", async () => (await page.title()) === "Providers for “physio” in Berlin · Appointed");
    await page.getByRole("link", { name: "Clear all" }).or(page.getByRole("link", { name: "Show all providers" })).first().click();
    await eventually("its title", async () => (await page.title()) === "Book a time that is really free · Appointed");
});

journey("each of several requests is answered by its own name", async ({ page, server, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Well Asked", service: { approval_required: true } });
    for (const [name, days] of [["Ada Lovelace", 9], ["Grace Hopper", 10]]) await bookThrough(server, provider, { start_at: noon(days), name });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list`);
    await page.getByRole("link", { name: "2 requests to answer" }).click();
    await page.getByRole("button", { name: /^Confirm: Ada Lovelace, / }).waitFor();
    await page.getByRole("button", { name: /^Confirm: Grace Hopper, / }).waitFor();
    await checkAccessibility(page);
});

journey("the clock that a time is read from is named to whoever has another", async ({ page, server, visitor, photograph }) => {
    const provider = await openProvider(server, { name: "Far Away" });
    const booking = await bookThrough(server, provider, { start_at: noon(9), name: "Ada Lovelace" });
    // The owner travels: the account keeps another zone than the page.
    const tokyo = await visitor({ timezoneId: "Asia/Tokyo" });
    await logIn(tokyo, provider.email, `/dashboard/${provider.id}`);
    const me = await provider.call("GET", "/me");
    await provider.call("PATCH", "/me", { time_zone: "Asia/Tokyo" }, me.version);
    await tokyo.goto(`/dashboard/${provider.id}?view=day&date=${date(9)}&booking=${booking.id}`);
    const drawer = tokyo.getByRole("dialog", { name: "Ada Lovelace" });
    await drawer.getByText(/Times in Berlin \(GMT\+\d\).*in Tokyo/s).waitFor();
    await photograph(tokyo, "drawer-zone", { fullPage: false });

    const guest = await visitor({ timezoneId: "America/New_York" });
    await guest.goto(`${provider.path}?zone=Asia/Tokyo`);
    await (await timesOfALaterDay(guest)).first().click();
    await fillDetails(guest, { name: "Many Clocks", email: newAddress("clocks") });
    await guest.getByRole("button", { name: "Book", exact: true }).click();
    await guest.getByRole("heading", { name: "You are booked" }).waitFor();
    await guest.getByText(/Times in Tokyo \(GMT\+9\).*in New York.*in Berlin/s).waitFor();
    await photograph(guest, "done-zones");
    assert.ok(page);
});
