// Everything can be done without a mouse.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { newAddress, openProvider, shownTimes } from "./support/people.js";

const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);

/** Presses Tab until something with this name has the focus. */
async function tabTo(page, name) {
    for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press("Tab");
        const field = await page.evaluate(() => document.activeElement.labels?.[0]?.textContent ?? "");
        if (name.test(`${await focused(page)} ${field}`)) return;
    }
    assert.fail(`Tab never reached ${name}`);
}

journey("booking with the keyboard alone", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Keys Only" });
    await page.goto(provider.path);
    await shownTimes(page);

    await tabTo(page, /free times? $/);
    const month = await page.locator("#month-title").textContent();
    const day = () => page.evaluate(() => document.activeElement.id.slice("day-".length));
    const focusIn = (month) => page.waitForFunction((month) => document.activeElement.id.startsWith(`day-${month}`), month);
    const first = await day();
    const [thisMonth, nextMonth] = [0, 1].map((ahead) => new Date(Date.UTC(first.slice(0, 4), first.slice(5, 7) - 1 + ahead)).toISOString().slice(0, 7));
    const moved = (from) => page.waitForFunction((from) => document.activeElement.getAttribute("aria-label")?.split(",")[0] !== from.split(",")[0], from);
    await page.keyboard.press("PageDown");
    await page.waitForFunction((month) => document.getElementById("month-title").textContent !== month, month);
    await focusIn(nextMonth);
    // Once the month is here, its first free day is chosen; the keys go on from where the focus is.
    await page.locator(`[id^="day-${nextMonth}"].chosen`).waitFor();
    const there = await day();
    const after = new Date(Date.parse(there) + 86_400_000).toISOString().slice(0, 10);
    await page.keyboard.press("ArrowRight");
    await focusIn(after);
    await page.keyboard.press("ArrowLeft");
    await focusIn(there);
    await page.keyboard.press("PageUp");
    await page.waitForFunction((month) => document.getElementById("month-title").textContent === month, month);
    await focusIn(thisMonth);
    const back = await focused(page);
    await page.keyboard.press("ArrowRight");
    await moved(back);
    await page.waitForFunction(() => / free times?$/.test(document.activeElement.getAttribute("aria-label")));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.matches("button.time"));
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { name: "Your details" }).waitFor();
    assert.equal(await focused(page), "Your details", "the next step's heading has the focus");
    await tabTo(page, / Name$/);
    await page.keyboard.type("Keyboard Kim");
    await page.keyboard.press("Tab");
    await page.keyboard.type(newAddress("kim"));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    assert.equal(await focused(page), "You are booked");
});
