// Places and zones: found by the names that people use, as soon as they type, and said plainly where nobody is.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { hold } from "./support/hold.js";
import { journey } from "./support/journey.js";
import { openProvider, timesOfALaterDay } from "./support/people.js";

const GERMAN = { locale: "de-DE" };

journey("a zone is found by its city's German name, with and without accents", async ({ visitor, server }) => {
    const provider = await openProvider(server, { name: "Wiener Uhr" });
    const page = await visitor(GERMAN);
    await page.goto(provider.path);
    const zone = page.locator("#zone");
    await zone.click();
    await page.getByRole("option").first().waitFor();
    for (const [typed, found] of [["Mailand", "Rom"], ["Moskau", "Moskau"], ["zurich", "Zürich"], ["Brussel", "Brüssel"], ["Vienna", "Wien"]]) {
        await zone.fill(typed);
        await page.getByRole("option", { name: new RegExp(`^${found}`) }).waitFor();
    }
    await page.getByRole("option", { name: /^Wien/ }).click();
    await page.waitForFunction(() => document.getElementById("zone").value.startsWith("Wien (GMT"));
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
