// Places and zones: found by the names that people use, as soon as they type, and said plainly where nobody is.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { hold } from "./support/hold.js";
import { journey } from "./support/journey.js";
import { newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

const GERMAN = { locale: "de-DE" };

journey("a zone is found by its city's German name, with and without accents", async ({ visitor, server }) => {
    const provider = await openProvider(server, { name: "Wiener Uhr" });
    const page = await visitor(GERMAN);
    await page.goto(provider.path);
    const zone = page.locator("#zone");
    await zone.click();
    await page.getByRole("option").first().waitFor();
    for (const [typed, found] of [["Mailand", "Rom"], ["Moskau", "Moskau"], ["zurich", "Zürich"], ["Brussel", "Brüssel"], ["Indischer", "Antananarivo"], ["Vienna", "Wien"]]) {
        await zone.fill(typed);
        await page.getByRole("option", { name: new RegExp(`^${found}`) }).waitFor();
    }
    await page.getByRole("option", { name: /^Wien.*Europa/ }).click();
    await page.waitForFunction(() => document.getElementById("zone").value.startsWith("Wien (GMT"));
});

const FOUND = {
    "en-GB": [["kathmandu", "Kathmandu"], ["katmandu", "Kathmandu"], ["kyiv", "Kyiv"], ["kolkata", "Kolkata"], ["calcutta", "Kolkata"],
        ["yangon", "Yangon"], ["asmara", "Asmara"], ["ho chi minh", "Ho Chi Minh"], ["saigon", "Ho Chi Minh"], ["faroe", "Faroe"],
        ["st. john", "St Johns"], ["port au prince", "Port-au-Prince"]],
    "de-DE": [["Kathmandu", "Kathmandu"], ["Yangon", "Rangun"], ["Asmara", "Asmara"], ["ho chi minh", "Ho-Chi-Minh-Stadt"], ["Kiew", "Kiew"]],
};

for (const [locale, names] of Object.entries(FOUND)) {
    journey(`a zone that was renamed is found by both names, and shown by that of today (${locale})`, async ({ visitor, server }) => {
        const provider = await openProvider(server, { name: "Renamed" });
        const page = await visitor({ locale });
        await page.goto(provider.path);
        const zone = page.locator("#zone");
        await zone.click();
        await page.getByRole("option").first().waitFor();
        for (const [typed, found] of names) {
            await zone.fill(typed);
            await page.getByRole("option", { name: new RegExp(`^${found} `) }).waitFor();
        }
    });
}

journey("one place is one zone, whatever the browser calls it", async ({ visitor }) => {
    const page = await visitor({ timezoneId: "Asia/Katmandu" });
    await page.goto("/p/patan-dental");
    await page.locator("#first").waitFor({ state: "detached" });
    await page.locator("a.more-times").first().click();
    const zone = page.locator("#zone");
    await page.waitForFunction(() => document.getElementById("zone")?.value.startsWith("Kathmandu (GMT+5:45"));
    await zone.click();
    await page.getByRole("option").first().waitFor();
    await zone.fill("katmandu");
    await eventually("one Kathmandu", async () => {
        const options = await page.getByRole("option").allInnerTexts();
        return options.length === 1 && /^Kathmandu\s+Yours/.test(options[0]);
    });
});

journey("whoever registers keeps the zone by its name of today", async ({ visitor }) => {
    const page = await visitor({ timezoneId: "Asia/Calcutta" });
    const answer = page.waitForResponse(/auth\/register/);
    await register(page, { name: "Asha", email: newAddress("asha") });
    assert.equal((await (await answer).json()).user.time_zone, "Asia/Kolkata");
});

journey("a zone's offset is that of the day in view", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Summer and Winter", service: { horizon_days: 365 } });
    const offset = (at) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", timeZoneName: "shortOffset" })
        .formatToParts(at).find(({ type }) => type === "timeZoneName").value;
    const now = offset(Date.now());
    let day = Date.now();
    while (offset(day) === now) day += 86_400_000;
    day += 86_400_000;
    await page.goto(`${provider.path}?date=${new Date(day).toISOString().slice(0, 10)}`);
    await page.waitForFunction((label) => document.getElementById("zone")?.value === label, `Berlin (${offset(day)})`);
    await page.locator("#zone").click();
    await page.locator("#zone").fill("Berlin");
    await page.getByRole("option", { name: `Berlin Yours · ${offset(day)}` }).waitFor();
});

journey("what is typed before the zones are there is kept", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Early Typist" });
    const asked = page.waitForRequest(/zone_later/);
    const release = await hold(page, /zone_later/);
    await page.goto(provider.path);
    const zone = page.locator("#zone");
    await zone.waitFor();
    await zone.focus();
    await page.keyboard.type("Par");
    await asked;
    release();
    await page.keyboard.type("is");
    await page.getByRole("option", { name: /^Paris/ }).waitFor();
    assert.equal(await zone.inputValue(), "Paris");
});

journey("zones that come late leave the focus where it is by then", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Early Leaver" });
    const asked = page.waitForRequest(/zone_later/);
    const release = await hold(page, /zone_later/);
    await page.goto(provider.path);
    await page.locator("#zone").focus();
    await asked;
    await page.keyboard.press("Shift+Tab");
    const place = await page.evaluateHandle(() => document.activeElement);
    release();
    await page.locator("#zone[aria-controls]").waitFor();
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    assert.ok(await place.evaluate((element) => element === document.activeElement && element !== document.body));
});

journey("the details of a booking can do without what cannot be had", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "No Line" });
    await page.route(/terms_later/, (route) => route.abort());
    await page.goto(provider.path);
    const lost = page.waitForEvent("requestfailed", (request) => request.url().includes("terms_later"));
    await (await timesOfALaterDay(page)).first().click();
    await page.getByLabel("Name").waitFor();
    await lost;
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    assert.equal(await page.getByText("You are offline").count(), 0);
    assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0);
    // Back at the page, with a line that holds.
    await page.unroute(/terms_later/);
    const terms = page.waitForResponse(/terms_later/);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
    await terms;
}, { expectedErrors: [/ERR_FAILED/, /Failed to fetch/] });

journey("a city in which nobody is says so, whatever the day", async ({ page, server, photograph }) => {
    await openProvider(server, { name: "Berlin Only" });
    const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await page.goto(`/?city=Bergen&date=${day}`);
    await page.getByRole("heading", { name: "Nobody in Bergen yet" }).waitFor();
    await photograph(page, "home-nobody-there");
    await page.getByRole("link", { name: "Look everywhere" }).click();
    await page.waitForURL((url) => url.searchParams.get("city") === null && url.searchParams.get("date") === day);
});
