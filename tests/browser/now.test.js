// What is in view when the agenda opens, and the line that shows now.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { logIn, openProvider } from "./support/people.js";

const ZONE = "Europe/Berlin";
const DAY = 86_400_000;
const date = (instant) => new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(instant);

/** How much of the provider's day is over, from 0 to 1. */
function share(instant) {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).formatToParts(instant);
    const of = (type) => Number(parts.find((part) => part.type === type).value);
    return (of("hour") * 60 + of("minute")) / 1440;
}

/** Where things stand in the grid, in pixels. */
function measure(page) {
    return page.evaluate(() => {
        const column = document.querySelector(".tg-column");
        let scroll = column.parentElement;
        while (scroll && !/auto|scroll/.test(getComputedStyle(scroll).overflowY)) scroll = scroll.parentElement;
        const line = document.querySelector(".tg-now");
        const top = column.getBoundingClientRect().top;
        return {
            height: column.getBoundingClientRect().height,
            scrolled: scroll.scrollTop,
            room: scroll.scrollHeight - scroll.clientHeight,
            view: scroll.clientHeight,
            line: line && line.getBoundingClientRect().top - top,
        };
    });
}

journey("the week opens at the first working hour", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Early Birds" });
    const schedule = await provider.call("GET", `/providers/${provider.id}/schedule`);
    const weekly = [
        { day: "tuesday", start: "14:00", end: "18:00" },
        { day: "thursday", start: "10:30", end: "18:00" },
    ];
    await provider.call("PUT", `/providers/${provider.id}/schedule/weekly`, { weekly }, schedule.version);
    const later = date(Date.now() + 21 * DAY);
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=week&date=${later}`);
    await page.locator(".tg-column").nth(6).waitFor();
    const seen = await eventually("the grid at 10:30", async () => {
        const seen = await measure(page);
        const wanted = Math.min((10.5 / 24) * seen.height - 24, seen.room);
        return Math.abs(seen.scrolled - wanted) <= 2 && seen;
    }).catch(async (error) => {
        throw new Error(`${error.message}: ${JSON.stringify(await measure(page))}`);
    });
    assert.equal(seen.line, null, "now is in another week");
});

journey("today opens at now, and the line of now goes on with the clock", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Night Owls" });
    // Ten minutes are to pass on the same day.
    const start = share(Date.now()) > 0.98 ? Date.now() + DAY / 24 : Date.now();
    await page.clock.install({ time: start });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=day&date=${date(start)}`);
    await page.locator(".tg-now").waitFor();
    const right = async () => {
        const [seen, now] = [await measure(page), await page.evaluate(() => Date.now())];
        return Math.abs(seen.line - share(now) * seen.height) < seen.height / 1440 * 2 && { ...seen, now };
    };
    const first = await eventually("the line at now", right);
    const wanted = Math.max(0, Math.min(first.line - first.view / 5, first.room));
    assert.ok(Math.abs(first.scrolled - wanted) <= first.height / 1440 * 2 + 2, JSON.stringify({ first, wanted }));

    await page.clock.fastForward("10:00");
    const then = await eventually("the line ten minutes on", async () => {
        const seen = await right();
        return seen && seen.now - first.now >= 600_000 && seen;
    });
    const moved = (then.line - first.line) / then.height * 1440;
    assert.ok(moved > 8 && moved < 14, `it moved by ${moved} minutes`);
    assert.equal(then.scrolled, first.scrolled, "the page stays where the reader is");
});
