// The style page, looking for a provider, and a page that holds still while one books.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { journey } from "./support/journey.js";
import { fillDetails, newAddress, openProvider, timesOfALaterDay } from "./support/people.js";
import { watch } from "./support/watch.js";

const ARTIFACTS = fileURLToPath(new URL("../artifacts/", import.meta.url));

journey("every component on one page", async ({ page, photograph, checkAccessibility }) => {
    await page.goto("/dev/components");
    await page.getByRole("heading", { name: "Components", level: 1 }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "components");

    // Tabs and the combobox by keyboard, as the ARIA practices have it.
    await page.getByRole("tab", { name: "Coming" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tab", { name: "Past", selected: true }).waitFor();
    await page.keyboard.press("End");
    await page.getByRole("tab", { name: "Cancelled", selected: true }).waitFor();
    await page.getByText("What is cancelled.").waitFor();

    const box = page.getByRole("combobox", { name: "Combobox" });
    await box.pressSequentially("c");
    await page.getByRole("option", { name: /^Comb/ }).waitFor();
    await box.press("ArrowDown");
    await box.press("ArrowDown");
    const marked = await box.getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`#${marked}`).getAttribute("aria-selected"), "true");
    await box.press("Enter");
    assert.equal(await box.inputValue(), "Camera");
    assert.equal(await box.getAttribute("aria-expanded"), "false");

    // A table sorts both ways and says so.
    const head = page.getByRole("columnheader", { name: "Client" }).first();
    await head.getByRole("button").click();
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    const clients = page.getByRole("table", { name: "Clients", exact: true });
    await clients.getByRole("rowheader").first().getByText("Ewa Nowak").waitFor();

    await page.getByRole("button", { name: "A note with undo" }).click();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByText("Taken back.").waitFor();
});

journey("the style page in German", async ({ page }) => {
    await page.goto("/dev/components");
    await page.getByRole("heading", { name: "Bausteine", level: 1 }).waitFor();
    for (const name of ["Bedienelemente", "Zeit", "Listen", "Rückmeldung"]) {
        await page.getByRole("heading", { name, level: 2, exact: true }).waitFor();
    }
}, { locale: "de-DE" });

journey("the style page in the dark", async ({ page, checkAccessibility }) => {
    await page.goto("/dev/components");
    await page.getByRole("heading", { name: "Components", level: 1 }).waitFor();
    await checkAccessibility(page);
}, { colorScheme: "dark" });

journey("looking for somebody who is free on a day", async ({ page, photograph, checkAccessibility }) => {
    await page.goto("/");
    await page.locator(".provider-card h3").first().waitFor();
    await page.getByLabel("When").selectOption({ index: 4 });
    const removal = page.getByRole("button", { name: /^Remove/ });
    await removal.waitFor();
    await page.locator(".cards:not([aria-busy]) .provider-card").first().waitFor();
    const day = new URL(page.url()).searchParams.get("date");
    for (const link of await page.locator(".provider-card a.time").all()) {
        assert.match(await link.getAttribute("href"), new RegExp(`date=${day}`), "each time lies on that day");
    }
    await page.getByRole("button", { name: "Filters" }).click();
    await page.locator("#location").selectOption("online");
    await page.getByRole("button", { name: "Remove “Online”" }).waitFor();
    await page.locator(".cards:not([aria-busy]), .results .empty").first().waitFor();
    await checkAccessibility(page);
    await photograph(page, "home-narrowed");
    await page.getByRole("link", { name: "Clear all" }).click();
    await page.waitForURL((url) => url.search === "");
    assert.equal(await removal.count(), 0);
});

journey("coming back to a list finds it as it was left", async ({ page }) => {
    await page.goto("/");
    const cards = page.locator(".provider-card");
    await page.getByRole("button", { name: "Show more" }).waitFor();
    await cards.nth(11).waitFor();
    const few = await cards.count();
    await page.getByRole("button", { name: "Show more" }).click();
    await cards.nth(few).waitFor();
    const all = await cards.count();
    const link = cards.nth(few).getByRole("heading").getByRole("link");
    await link.scrollIntoViewIfNeeded();
    const down = await page.evaluate(() => scrollY);
    assert.ok(down > 0);
    await link.click();
    await page.waitForURL(/\/p\//);
    await page.goBack();
    await cards.nth(all - 1).waitFor();
    await page.waitForFunction((down) => Math.abs(scrollY - down) < 80, down);
});

journey("nothing moves from home to the booking", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Aa Steady" });
    await page.addInitScript(watch);
    const seen = [];
    const note = async (step) => seen.push({ step, ...(await page.evaluate(() => ({ shifts: window.shifts.splice(0), tasks: window.tasks.splice(0) }))) });
    await page.goto("/?sort=name&q=Steady");
    await page.locator(".provider-card h3").first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    await note("home");
    await page.getByRole("link", { name: "Aa Steady", exact: true }).click();
    await page.waitForURL(`**/p/${provider.slug}`);
    await page.locator(".offered-service .time").first().waitFor();
    await note("provider");
    await page.getByRole("link", { name: /^More times for/ }).first().click();
    const times = await timesOfALaterDay(page);
    await note("picker");
    await times.first().click();
    await page.getByRole("heading", { name: "Your details" }).waitFor();
    await note("details");
    await fillDetails(page, { name: "Stella Still", email: newAddress("stella") });
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    const google = new URL(await page.getByRole("link", { name: "Google Calendar" }).getAttribute("href"));
    assert.match(google.searchParams.get("dates"), /^\d{8}T\d{6}Z\/\d{8}T\d{6}Z$/);
    assert.ok(!google.href.includes(new URL(page.url()).hash.slice(1)), "the manage token stays here");
    await note("booked");

    // How long tasks took depends on the machine, so it is reported and not judged.
    await writeFile(`${ARTIFACTS}steadiness.json`, JSON.stringify(seen, null, 2));
    const total = seen.flatMap(({ shifts }) => shifts).reduce((sum, { value }) => sum + value, 0);
    assert.ok(total < 0.02, `shifted by ${total}: ${JSON.stringify(seen.filter(({ shifts }) => shifts.length > 0))}`);
});

journey("language and theme stay side by side in the footer", async ({ page }) => {
    await page.goto("/manage");
    const switches = page.locator(".bottom fieldset, .bottom .languages");
    for (const [language, name] of [["en", "English"], ["de", "Deutsch"]]) {
        await page.locator(".bottom").getByRole("button", { name }).click();
        await page.locator(`html[lang=${language}] .bottom .theme`).waitFor();
        for (const width of [390, 768, 1024, 1440]) {
            await page.setViewportSize({ width, height: 900 });
            const tops = await switches.evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
            assert.equal(tops.length, 2);
            assert.equal(new Set(tops).size, 1, `${language}, ${width} px`);
        }
    }
});
