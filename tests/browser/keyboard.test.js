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
    const today = await focused(page);
    const month = await page.locator("#month-title").textContent();
    const moved = (from) => page.waitForFunction((from) => document.activeElement.getAttribute("aria-label")?.split(",")[0] !== from.split(",")[0], from);
    await page.keyboard.press("PageDown");
    await page.waitForFunction((month) => document.getElementById("month-title").textContent !== month, month);
    await moved(today);
    await page.keyboard.press("PageUp");
    await page.waitForFunction((month) => document.getElementById("month-title").textContent === month, month);
    await moved("nothing");
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
