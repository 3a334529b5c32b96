// The hours editor: by pointer, by key, copied to other days; the year; what is kept and what can be undone.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { PASSWORD, newAddress, openProvider } from "./support/people.js";

const YEAR = new Date().getFullYear() + 1;

/** The last Sunday of March, on which clocks go forward, and days around it: `03-28`. */
function spring(days = 0) {
    const end = Date.UTC(YEAR, 2, 31);
    return new Date(end - (new Date(end).getUTCDay() - days) * 86_400_000).toISOString().slice(5, 10);
}

/** A provider without hours, at the page of hours. */
async function atHours(page, server, name = "Ruler and Sons") {
    const provider = await openProvider(server, { name });
    await page.goto(`/login?next=${encodeURIComponent(`/dashboard/${provider.id}/hours`)}`);
    await page.getByLabel("E-mail").fill(provider.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { name: "Every week" }).waitFor();
    return provider;
}

const day = (page, name) => page.getByRole("group", { name, exact: true });
const times = async (page, name) => day(page, name).locator("input[type=time]").evaluateAll((inputs) => inputs.map((input) => input.value));

async function clear(page) {
    const remove = page.getByRole("button", { name: /^Remove \w+day / });
    while (await remove.count()) await remove.first().click();
}

/** Drags on the ruler of a day from one minute to another. */
async function drag(page, name, from, to, { keys = [] } = {}) {
    const ruler = day(page, name).locator(".ruler");
    await ruler.scrollIntoViewIfNeeded();
    const box = await ruler.boundingBox();
    const x = (minute) => box.x + (box.width * minute) / 1440;
    const y = box.y + box.height / 2;
    await page.mouse.move(x(from), y);
    await page.mouse.down();
    for (const key of keys) await page.keyboard.down(key);
    await page.mouse.move(x((from + to) / 2), y);
    await page.mouse.move(x(to), y);
    await page.mouse.up();
    for (const key of keys) await page.keyboard.up(key);
}

journey("hours are drawn, moved and resized with the pointer", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await atHours(page, server);
    await clear(page);
    await drag(page, "Monday", 9 * 60, 12 * 60);
    assert.deepEqual(await times(page, "Monday"), ["09:00", "12:00"], "drawn in an empty place");
    await drag(page, "Monday", 13 * 60, 17 * 60);
    assert.deepEqual(await times(page, "Monday"), ["09:00", "12:00", "13:00", "17:00"], "a second one");
    await drag(page, "Monday", 17 * 60 - 5, 18 * 60 + 10);
    assert.deepEqual(await times(page, "Monday"), ["09:00", "12:00", "13:00", "18:15"], "its end, to a quarter of an hour");
    await drag(page, "Monday", 10 * 60 + 30, 9 * 60);
    assert.deepEqual(await times(page, "Monday"), ["07:30", "10:30", "13:00", "18:15"], "moved as a whole");
    await drag(page, "Monday", 10 * 60 + 25, 20 * 60);
    assert.deepEqual(await times(page, "Monday"), ["07:30", "13:00", "13:00", "18:15"], "not past its neighbour");
    await drag(page, "Monday", 7 * 60 + 35, 8 * 60 + 22, { keys: ["Shift"] });
    assert.equal((await times(page, "Monday"))[0], "08:20", "in steps of five with Shift");

    await drag(page, "Friday", 20 * 60, 23 * 60);
    await drag(page, "Friday", 23 * 60 - 5, 25 * 60 + 58);
    assert.deepEqual(await times(page, "Friday"), ["20:00", "02:00"]);
    await day(page, "Friday").getByText("Until 02:00 the next day.").waitFor();
    assert.equal(await day(page, "Saturday").locator(".spill").count(), 1, "drawn into the next day");
    await page.getByText("15 h 55 min a week").waitFor();
    await checkAccessibility(page);
    await photograph(page, "hours-drawn");

    await page.getByRole("button", { name: "Save hours" }).click();
    await page.getByText("The hours are saved.").waitFor();
    const { weekly } = await server.json(`/api/v1/providers/${provider.id}/schedule`);
    assert.deepEqual(weekly, [
        { day: "monday", start: "08:20", end: "18:15" },
        { day: "friday", start: "20:00", end: "02:00" },
    ]);
    assert.deepEqual(await times(page, "Monday"), ["08:20", "18:15"], "what touches is one");
});

journey("hours by keyboard alone, and copied to other days", async ({ page, server, photograph, checkAccessibility }) => {
    await atHours(page, server);
    await clear(page);
    await page.getByRole("button", { name: "Add hours on Tuesday" }).press("Enter");
    const start = page.getByRole("slider", { name: "Tuesday, stretch 1, start" });
    const end = page.getByRole("slider", { name: "Tuesday, stretch 1, end" });
    await start.focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await start.getAttribute("aria-valuetext"), "09:15");
    await page.keyboard.press("Shift+ArrowLeft");
    assert.equal(await start.getAttribute("aria-valuetext"), "09:10");
    await page.keyboard.press("PageDown");
    assert.equal(await start.getAttribute("aria-valuetext"), "08:10");
    await end.focus();
    for (let hour = 17; hour < 25; hour += 1) await page.keyboard.press("PageUp");
    assert.equal(await end.getAttribute("aria-valuetext"), "01:00 the next day");
    await page.keyboard.press("PageDown");
    assert.equal(await end.getAttribute("aria-valuetext"), "midnight");

    const copy = page.getByRole("button", { name: "Copy Tuesday to other days" });
    await copy.press("Enter");
    await page.getByRole("dialog", { name: "Copy Tuesday to" }).waitFor();
    await photograph(page, "hours-copy");
    await checkAccessibility(page);
    await page.keyboard.press("Escape");
    assert.ok(await copy.evaluate((button) => button === document.activeElement), "the focus is back");
    await copy.press("Enter");
    await page.getByRole("dialog", { name: "Copy Tuesday to" }).waitFor();
    await page.getByRole("button", { name: "Weekdays", exact: true }).press("Enter");
    await page.getByRole("checkbox", { name: "Sunday" }).press("Space");
    await page.getByRole("button", { name: "Copy", exact: true }).press("Enter");
    for (const name of ["Monday", "Wednesday", "Friday", "Sunday"]) assert.deepEqual(await times(page, name), ["08:10", "00:00"], name);
    assert.deepEqual(await times(page, "Saturday"), []);

    await end.focus();
    await page.keyboard.press("Delete");
    assert.deepEqual(await times(page, "Tuesday"), []);
    const add = page.getByRole("button", { name: "Add hours on Tuesday" });
    await page.waitForFunction((id) => document.activeElement?.id === id, await add.getAttribute("id"));

    // What is not saved is here again after a reload.
    await page.reload();
    await page.getByText("These are the changes that you had not saved.").waitFor();
    assert.deepEqual(await times(page, "Monday"), ["08:10", "00:00"]);
    await page.getByRole("button", { name: "Discard changes" }).click();
    assert.deepEqual(await times(page, "Tuesday"), ["00:00", "00:00"]);
});

journey("days are closed, opened and taken off in the year", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await atHours(page, server);
    await page.getByRole("button", { name: `Show ${YEAR}` }).click();
    const cell = (date) => page.locator(`#year-${YEAR}-${date}`);

    // Over several days with the pointer.
    await cell("07-05").scrollIntoViewIfNeeded();
    const [from, to] = [await cell("07-05").boundingBox(), await cell("07-09").boundingBox()];
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
    await page.mouse.up();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: /5 days/ }).waitFor();
    await dialog.getByLabel(/^Note/).fill("Summer course");
    await checkAccessibility(page);
    await photograph(page, "hours-days");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText("5 days are saved.").waitFor();
    assert.match(await cell("07-07").getAttribute("aria-label"), /, Closed$/);
    assert.equal((await server.json(`/api/v1/providers/${provider.id}/schedule`)).exceptions.length, 5);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("As it was before.").waitFor();
    assert.equal((await server.json(`/api/v1/providers/${provider.id}/schedule`)).exceptions.length, 0);

    // By keyboard: arrows walk, Shift takes several, Enter asks.
    await cell(spring(-2)).focus();
    await page.keyboard.press("ArrowRight");
    await page.locator(`#year-${YEAR}-${spring(-1)}:focus`).waitFor();
    await page.keyboard.press("ArrowRight");
    await page.locator(`#year-${YEAR}-${spring()}:focus`).waitFor();
    await page.keyboard.press("Enter");
    await dialog.getByText("this day is an hour shorter").waitFor();
    await dialog.getByRole("radio", { name: "Other hours" }).check();
    await photograph(page, "hours-other");
    await checkAccessibility(page);
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: new RegExp(`^Edit .*${Number(spring().slice(3))} March ${YEAR}`) }).waitFor();
    await cell(spring()).focus();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Enter");
    await dialog.getByRole("heading", { name: /8 days/ }).waitFor();
    await dialog.getByRole("radio", { name: "Time off" }).check();
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText("The time off is saved.").waitFor();
    assert.match(await cell(spring(4)).getAttribute("aria-label"), /, Time off$/);
    await page.getByText(`1 day with other hours · 8 days off`).waitFor();
    await checkAccessibility(page);
    await photograph(page, "hours-year");

    await page.getByRole("button", { name: new RegExp(`^Remove .*${Number(spring().slice(3))} March ${YEAR}$`) }).click();
    await page.getByText("follows the week again").waitFor();
    await page.getByRole("button", { name: /^Remove time off/ }).click();
    await page.getByText("The time off is removed.").waitFor();
    await page.getByText("Every day follows the week.").waitFor();
    await page.getByRole("button", { name: "Undo" }).last().click();
    await page.getByText("8 days off").waitFor();
});

journey("public holidays of the country are offered, and those that are handled are known", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await atHours(page, server);
    await page.getByRole("button", { name: `Show ${YEAR}` }).click();
    await page.getByText(`10 public holidays to come in Germany (Berlin) in ${YEAR}. You are open on 10 of them.`).waitFor();
    await page.getByRole("button", { name: "Close on holidays" }).click();
    const dialog = page.getByRole("dialog");
    assert.equal(await dialog.getByLabel("Region").inputValue(), "BE", "the region of the provider's city");
    await dialog.getByText("International Women's Day · Internationaler Frauentag").or(dialog.getByText(/Women.s Day.*Frauentag/)).first().waitFor();
    await dialog.getByRole("checkbox", { name: /Karfreitag/ }).uncheck();
    await checkAccessibility(page);
    await photograph(page, "hours-holidays");
    await dialog.getByRole("button", { name: "Close on 9 days" }).click();
    await page.getByText("9 days are saved.").waitFor();
    await page.getByText(`10 public holidays to come in Germany (Berlin) in ${YEAR}. You are open on 1 of them.`).waitFor();
    const { exceptions } = await server.json(`/api/v1/providers/${provider.id}/schedule`);
    assert.equal(exceptions.length, 9);
    assert.match(await page.locator(`#year-${YEAR}-12-25`).getAttribute("aria-label"), /Closed, .*Christmas Day$/);
    await page.getByRole("button", { name: "Close on holidays" }).click();
    assert.ok(await dialog.getByRole("checkbox", { name: /Weihnachtstag/ }).first().isDisabled());
    await dialog.getByRole("button", { name: "Close on 1 day" }).waitFor();
    await dialog.getByRole("checkbox", { name: /Karfreitag/ }).waitFor();
    await dialog.getByRole("button", { name: "Close on 1 day" }).click();
    await page.getByText(`10 public holidays to come in Germany (Berlin) in ${YEAR}. You are closed on all of them.`).waitFor();
    // Nothing is left to close on; another region can still be looked at.
    assert.equal(await page.getByRole("button", { name: "Close on holidays" }).count(), 0);
    await photograph(page, "hours-holidays-done");
    await page.getByRole("button", { name: "Show holidays" }).click();
    assert.ok(await dialog.locator(".actions").getByRole("button", { name: "Close on these days" }).isDisabled());
});

journey("the year begins with the present month and shows twelve", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await atHours(page, server);
    const months = page.locator(".small-month");
    await months.first().waitFor();
    assert.equal(await months.count(), 12);
    const month = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: provider.time_zone }).format(new Date());
    await months.first().getByRole("heading", { name: month, exact: true }).waitFor();
    if (month !== "January") {
        await page.locator(".year-turn").getByText(`${YEAR - 1}/${String(YEAR).slice(2)}`).waitFor();
        await page.getByRole("heading", { name: `January ${YEAR}` }).waitFor();
        await page.waitForFunction((id) => document.getElementById(id)?.getAttribute("aria-label").includes("New Year"), `year-${YEAR}-01-01`);
        // What is offered reaches as far: New Year is among it.
        await page.getByText(`in Germany (Berlin) in ${YEAR - 1}/${String(YEAR).slice(2)}.`).waitFor();
        await page.getByRole("button", { name: "Close on holidays" }).click();
        await page.getByRole("dialog").getByRole("checkbox", { name: new RegExp(`${YEAR}.*New Year`) }).waitFor();
        await page.keyboard.press("Escape");
        // Keys walk from the one year into the next without turning a page.
        await page.locator(`#year-${YEAR - 1}-12-31`).focus();
        await page.keyboard.press("ArrowRight");
        await page.waitForFunction((id) => document.activeElement.id === id, `year-${YEAR}-01-01`);
        assert.equal(await page.getByRole("button", { name: `Show ${YEAR}` }).count(), 1);
    }
    await checkAccessibility(page);
    await photograph(page, "hours-year-now");
});

journey("regions are called by their names, in the reader's language", async ({ page, server }) => {
    const regions = async (page, language) => {
        await page.getByRole("button", { name: language === "de" ? `${YEAR} zeigen` : `Show ${YEAR}` }).click();
        await page.getByRole("button", { name: language === "de" ? "An Feiertagen schließen" : "Close on holidays" }).click();
        const dialog = page.getByRole("dialog");
        const [country, region] = [dialog.locator("#holiday-country"), dialog.locator("#holiday-region")];
        await region.locator("option").nth(1).waitFor({ state: "attached" });
        await country.selectOption("CA");
        await region.locator("option[value=NL]").waitFor({ state: "attached" });
        const names = await region.locator("option").allTextContents();
        await region.selectOption("NL");
        return names.slice(1);
    };
    await atHours(page, server);
    const english = await regions(page, "en");
    assert.deepEqual([english.length, english[0], english.at(-1)], [13, "Alberta", "Yukon"], "by name");
    assert.ok(english.includes("Newfoundland and Labrador") && english.includes("Quebec"));
    await page.getByText(/public holidays to come in Canada \(Newfoundland and Labrador\) in/).waitFor();

    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Deutsch" }).click();
    const names = await regions(page, "de");
    assert.ok(names.includes("Neufundland und Labrador") && names.includes("Québec") && names.includes("Alberta"));
    await page.getByText(/Feiertage .* in Kanada \(Neufundland und Labrador\)/).waitFor();
});

journey("a finger takes a day with a tap", async ({ page, server }) => {
    await atHours(page, server);
    await page.getByRole("button", { name: `Show ${YEAR}` }).tap();
    await page.locator(`#year-${YEAR}-02-10`).tap();
    await page.getByRole("dialog").getByRole("heading", { name: /10 February/ }).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).tap();
    await page.getByRole("button", { name: new RegExp(`^Edit .*10 February ${YEAR}`) }).waitFor();
}, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
