// What a page shows before the program is there, and that the app takes its place without anything moving.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { openProvider } from "./support/people.js";

const NAMES = ["h1", ".lead", ".headline", ".search", ".service-name", ".steps", ".avatar.large", ".results h2", ".top nav a:last-child"];

/** Where things stand. */
function places(page) {
    return page.evaluate((names) => {
        const found = names.map((name) => [name, document.querySelector(name)]).filter(([, element]) => element);
        return Object.fromEntries(found.map(([name, element]) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            return [name, [x, y, width, height].map(Math.round).join(" ")];
        }));
    }, NAMES);
}

journey("the page is there to read before the program is, and stays where it is when that comes", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Praxis am Ufer", headline: "Physio by the river" });
    const pages = [
        ["/", /Book a time that is really free/],
        [`/p/${provider.slug}`, /Praxis am Ufer/],
        [provider.path, /Choose a time/],
    ];
    for (const [path, name] of pages) {
        let let_through;
        const wanted = new Promise((resolve) => (let_through = resolve));
        await page.route(/\.wasm$/, async (route) => {
            await wanted;
            await route.continue();
        });
        await page.goto(path, { waitUntil: "commit" });
        await page.getByRole("heading", { level: 1, name }).waitFor();
        await page.evaluate(() => document.fonts.ready);
        assert.equal(await page.locator("#first").count(), 1, "the program is not there yet");
        const before = await places(page);
        let_through();
        await page.locator("#first").waitFor({ state: "detached" });
        await page.getByRole("heading", { level: 1, name }).waitFor();
        assert.equal(await page.locator("#main").count(), 1);
        await eventually("everything where it was", async () => {
            const after = await places(page);
            for (const [what, place] of Object.entries(before)) assert.equal(after[what], place, `${what} on ${path}`);
            return true;
        });
        await page.unroute(/\.wasm$/);
    }
});

journey("who chose another language sees nothing of the browser's", async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("language", "de"));
    await page.goto("/");
    await page.getByRole("heading", { level: 1, name: "Termine buchen, die wirklich frei sind" }).waitFor();
    assert.equal(await page.getByText("Book a time that is really free").count(), 0);
});
