// Times on every page, read by people in three zones, around the hour at which the clocks of theirs change.
//
// What a clock shows is worked out here from `Intl` alone, for the very instants that the server names.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { PASSWORD, fillDetails, logIn, newAddress, openProvider } from "./support/people.js";

const HOME = "Europe/Berlin";
const HALF_HOUR = 1_800_000;
const DAY = 48 * HALF_HOUR;

function shown(instant, zone, options) {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(instant);
}

const clock = (instant, zone) => shown(instant, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = (instant, zone) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(instant);
const dayOfMonth = (instant, zone) => shown(instant, zone, { day: "numeric", month: "long" });

function offset(instant, zone) {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(instant);
    return parts.find(({ type }) => type === "timeZoneName").value;
}

/** The next instant, at least three days from now, at which clocks in the zone are put forward or back. */
function nextChange(zone) {
    const first = Math.ceil((Date.now() + 3 * DAY) / HALF_HOUR) * HALF_HOUR;
    for (let at = first; at < first + 362 * DAY; at += HALF_HOUR) {
        if (offset(at - HALF_HOUR, zone) !== offset(at, zone)) return at;
    }
    throw new Error(`clocks in ${zone} do not change`);
}

/** Whether a clock in the zone shows the time of an instant twice, as where it goes back by half an hour or a whole one. */
function isTwice(at, zone) {
    const wall = (instant) => `${date(instant, zone)} ${clock(instant, zone)}`;
    return [-2, -1, 1, 2].some((halves) => wall(at + halves * HALF_HOUR) === wall(at));
}

/** How half an hour is written, as a pattern: with the offsets where a clock would show nonsense, or the same another time. */
function range(start, zone) {
    const end = start + HALF_HOUR;
    const [from, until] = [clock(start, zone), clock(end, zone)];
    const [before, after] = [offset(start, zone), offset(end, zone)];
    if (date(start, zone) !== date(end, zone)) return new RegExp(`${from} – .*${until}`);
    if (until > from && !isTwice(start, zone) && !isTwice(end, zone)) return new RegExp(`${from}–${until}(?! GMT)`);
    return pattern(before === after ? `${from}–${until} ${after}` : `${from} ${before} – ${until} ${after}`);
}

/** Waits until the page says all of this. */
async function says(page, where, ...patterns) {
    let text = "";
    await eventually(`${patterns.join(" and ")} on ${page.url()}`, async () => {
        text = await page.locator(where).innerText();
        return patterns.every((pattern) => pattern.test(text));
    }).catch((error) => {
        throw new Error(`${error.message}; it says:\n${text}`);
    });
}

const pattern = (text) => new RegExp(text.replaceAll(/[+()]/g, "\\$&"));

/** Each link to a free time says what a clock in the zone shows at the instant that it leads to. */
async function linksAreRight(page, links, zone) {
    await links.first().waitFor();
    for (const link of await links.all()) {
        const start = new URL(await link.getAttribute("href"), page.url()).searchParams.get("start");
        assert.match(await link.innerText(), new RegExp(clock(Date.parse(start), zone)), `${start} in ${zone}`);
    }
}

journey("an hour that comes twice is told apart wherever it was booked", async ({ page, server, visitor }) => {
    const provider = await openProvider(server, { name: "Twice at Two", service: { horizon_days: 500 } });
    // Berlin goes back at one o'clock in UTC, on the last Sunday of October.
    const ends = [0, 1].map((years) => Date.UTC(new Date().getUTCFullYear() + years, 9, 31, 1));
    const backs = ends.map((end) => end - new Date(end).getUTCDay() * DAY);
    const change = backs.find((back) => back > Date.now() + 3 * DAY);
    const json = { "content-type": "application/json" };
    const seen = [];
    for (const start of [change - 2 * HALF_HOUR, change]) {
        const email = newAddress("twice");
        const booking = await server.json("/api/v1/bookings", {
            method: "POST",
            headers: json,
            body: JSON.stringify({ service_id: provider.service.id, start_at: new Date(start).toISOString(), client: { name: `Tess ${seen.length}`, email } }),
        });
        const words = `02:00–02:30 ${offset(start, HOME)}`;
        seen.push(words);
        await page.goto(`/manage/${booking.id}#${booking.manage_token}`);
        await says(page, "main", pattern(words));
        const { subject, text } = await server.mail(email);
        const written = offset(start, HOME) === "GMT+2" ? "+02:00" : "+01:00";
        assert.ok(subject.includes(`02:00 ${written}`), subject);
        assert.ok(text.includes(`02:00 ${written}–02:30 ${written}`), text);
    }
    assert.notEqual(seen[0], seen[1]);
    const desk = await visitor();
    await logIn(desk, provider.email, `/dashboard/${provider.id}?view=day&date=${date(change, HOME)}`);
    for (const [index, words] of seen.entries()) {
        const block = desk.locator(".tg-item", { hasText: `Tess ${index}` }).first();
        await block.waitFor();
        assert.match(await block.getAttribute("aria-label"), pattern(words));
    }
});

for (const zone of [HOME, "America/New_York", "Australia/Lord_Howe"]) {
    journey(`a booking beside a change of the clocks, seen from ${zone}`, async ({ page, server, visitor, photograph }) => {
        const provider = await openProvider(server, { name: `Clocks of ${zone}`, service: { horizon_days: 365 } });
        const change = nextChange(zone);
        const start = change - HALF_HOUR;
        const both = [range(start, zone), ...(zone === HOME ? [] : [range(start, HOME)])];

        // Times that are near: on the front page and on the provider's.
        await page.goto(`/?q=${encodeURIComponent("Clocks of")}`);
        await linksAreRight(page, page.locator(".next-times a.time"), zone);
        await page.goto(`/p/${provider.slug}`);
        await linksAreRight(page, page.locator(".offered-service a.time"), zone);

        // The day itself lists every half hour that there is, and an hour that comes twice by its offsets.
        const day = date(start, zone);
        const list = await server.json(`/api/v1/services/${provider.service.id}/slots?from=${day}&to=${day}&time_zone=${encodeURIComponent(zone)}`);
        const starts = list.days[0].slots.map(({ start_at }) => Date.parse(start_at));
        const clocks = starts.map((at) => clock(at, zone));
        const city = zone.split("/").at(-1).replace("_", " ");
        const expected = starts.map((at, index) => {
            const twice = clocks.filter((other) => other === clocks[index]).length > 1;
            return twice ? `${clocks[index]} ${offset(at, zone)}` : clocks[index];
        });
        assert.notEqual(starts.length, 48, "that day is longer or shorter than others");
        await page.goto(`${provider.path}?date=${day}`);
        const times = page.locator("#times").getByRole("button", { name: /^\d\d:\d\d/ });
        const listed = async () => (await times.allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
        await eventually("the times of the day", async () => (await listed()).join() === expected.join())
            .catch(async () => assert.deepEqual(await listed(), expected));
        await photograph(page, `clocks-${city.toLowerCase().replace(" ", "-")}-picker`);

        // A guest takes the last half hour before.
        await times.nth(starts.indexOf(start)).click();
        await page.getByRole("heading", { name: "Your details" }).waitFor();
        await says(page, "main", pattern(dayOfMonth(start, zone)), ...both);
        const email = newAddress("gus");
        await fillDetails(page, { name: "Gus Guest", email });
        await page.getByRole("button", { name: "Book", exact: true }).click();
        await page.getByRole("heading", { name: "You are booked" }).waitFor();
        await says(page, "main", pattern(dayOfMonth(start, zone)), ...both);
        const link = (await server.mail(email)).text.match(/http\S+\/manage\/\S+#\S+/)[0];
        const elsewhere = await visitor({ timezoneId: "Asia/Kathmandu" });
        await elsewhere.goto(link);
        await says(elsewhere, "main", pattern(dayOfMonth(start, zone)), ...both);

        // A member takes the first after it. Where the browser stands does not matter to them.
        const member = newAddress("mia");
        const json = { "content-type": "application/json" };
        const register = JSON.stringify({ name: "Mia Member", email: member, password: PASSWORD, time_zone: zone });
        const session = await server.json("/api/v1/auth/register", { method: "POST", headers: json, body: register });
        const booking = await server.json("/api/v1/bookings", {
            method: "POST",
            headers: { ...json, authorization: `Bearer ${session.access_token}` },
            body: JSON.stringify({ service_id: provider.service.id, start_at: new Date(change).toISOString(), time_zone: zone }),
        });
        const own = await visitor({ timezoneId: "Asia/Kathmandu" });
        await logIn(own, member, "/bookings");
        await says(own, "main", pattern(dayOfMonth(change, zone)), range(change, zone));
        await own.getByRole("link", { name: "Consultation" }).click();
        await says(own, "main", pattern(dayOfMonth(change, zone)), range(change, zone));

        // The provider reads its own clocks everywhere, and in the drawer those of the client beside them.
        const desk = await visitor({ timezoneId: zone });
        const path = `/dashboard/${provider.id}`;
        await logIn(desk, provider.email, path);
        for (const view of ["day", "week"]) {
            await desk.goto(`${path}?view=${view}&date=${date(change, HOME)}`);
            const block = desk.locator(".tg-item", { hasText: "Mia Member" }).first();
            await block.waitFor();
            assert.match(await block.getAttribute("aria-label"), range(change, HOME));
        }
        await desk.goto(`${path}?view=month&date=${date(start, HOME)}`);
        await desk.getByRole("link", { name: new RegExp(`^${clock(start, HOME)} Gus Guest`) }).first().waitFor();
        await desk.getByRole("link", { name: new RegExp(`^${clock(change, HOME)} Mia Member`) }).first().waitFor();
        await desk.goto(`${path}?view=list&date=${date(start, HOME)}`);
        await says(desk, "main", pattern(dayOfMonth(start, HOME)), range(start, HOME), range(change, HOME));
        await desk.goto(`${path}?view=week&date=${date(change, HOME)}&booking=${booking.id}`);
        const drawer = desk.getByRole("dialog", { name: "Mia Member" });
        await drawer.waitFor();
        await says(desk, "dialog[open], [role=dialog]", range(change, HOME), ...(zone === HOME ? [] : [range(change, zone)]));
    }, { timezoneId: zone, expectedErrors: [/Response body loading was aborted/] });
}
