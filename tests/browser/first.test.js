// What a page shows before the program is there, and that the app takes its place without anything moving.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { logIn, newAddress, openProvider, register } from "./support/people.js";

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

/** Keeps the program from the page until what is returned is called. */
async function holdBack(page) {
    let letThrough;
    const wanted = new Promise((resolve) => (letThrough = resolve));
    await page.route(/\.wasm$/, async (route) => {
        await wanted;
        await route.continue();
    });
    return letThrough;
}

const english = { level: 1, name: "Book a time that is really free" };
const german = { level: 1, name: "Termine buchen, die wirklich frei sind" };

journey("the page is there to read before the program is, and stays where it is when that comes", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Praxis am Ufer", headline: "Physio by the river" });
    const pages = [
        ["/", /Book a time that is really free/],
        [`/p/${provider.slug}`, /Praxis am Ufer/],
        [provider.path, /Choose a time/],
    ];
    for (const [path, name] of pages) {
        const letThrough = await holdBack(page);
        await page.goto(path, { waitUntil: "commit" });
        await page.getByRole("heading", { level: 1, name }).waitFor();
        await page.evaluate(() => document.fonts.ready);
        assert.equal(await page.locator("#first").count(), 1, "the program is not there yet");
        const before = await places(page);
        letThrough();
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

journey("who chose another language before the server knew sees nothing of the browser's, once", async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("language", "de"));
    await page.goto("/");
    await page.getByRole("heading", german).waitFor();
    assert.equal(await page.getByText(english.name).count(), 0);

    const letThrough = await holdBack(page);
    await page.reload({ waitUntil: "commit" });
    await page.getByRole("heading", german).waitFor();
    assert.equal(await page.locator("#first").count(), 1, "the program is not there yet");
    letThrough();
});

journey("the first page is in the language that was chosen, with the program or without", async ({ page, visitor, photograph }) => {
    await page.goto("/");
    await page.getByRole("heading", english).waitFor();
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByRole("heading", german).waitFor();
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name === "language");
    assert.deepEqual([cookie.value, cookie.path, cookie.sameSite], ["de", "/", "Lax"]);

    // Neither the program nor any script: what is there is the server's.
    const still = await visitor({ javaScriptEnabled: false, storageState: await page.context().storageState() });
    await still.goto("/");
    await still.getByRole("heading", german).waitFor();
    assert.equal(await still.locator("html").getAttribute("lang"), "de");
    assert.equal(await still.title(), "Termine buchen, die wirklich frei sind · Appointed");

    let letThrough = await holdBack(page);
    await page.reload({ waitUntil: "commit" });
    await page.getByRole("heading", german).waitFor();
    assert.equal(await page.locator("#first").count(), 1, "the program is not there yet");
    await photograph(page, "first-german");
    letThrough();
    await page.locator("#first").waitFor({ state: "detached" });
    await page.getByRole("heading", german).waitFor();
    await page.unroute(/\.wasm$/);

    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", english).waitFor();
    letThrough = await holdBack(page);
    await page.reload({ waitUntil: "commit" });
    await page.getByRole("heading", english).waitFor();
    assert.equal(await page.locator("#first").count(), 1, "the program is not there yet");
    letThrough();
});

journey("the first page is in the language of the account as long as somebody is logged in", async ({ page, visitor }) => {
    const email = newAddress("kim");
    await register(page, { name: "Kim Example", email });
    await page.getByRole("combobox", { name: "Language", exact: true }).selectOption("de");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "Konto", exact: true }).waitFor();

    const other = await visitor();
    await logIn(other, email, "/bookings");
    await other.getByRole("heading", { name: "Meine Termine" }).waitFor();
    const letThrough = await holdBack(other);
    await other.goto("/", { waitUntil: "commit" });
    await other.locator("#first").getByRole("heading", german).waitFor();
    letThrough();
    await other.locator("#first").waitFor({ state: "detached" });
    await other.goto("/account");
    await other.getByRole("button", { name: "Abmelden", exact: true }).last().click();
    await eventually("nothing of the account left behind", async () => {
        const cookies = await other.context().cookies();
        return cookies.every(({ name }) => name !== "language");
    });
});

journey("what is pressed while the program comes still leads on", async ({ page }) => {
    const letThrough = await holdBack(page);
    await page.goto("/", { waitUntil: "commit" });
    await page.getByRole("heading", english).waitFor();
    await page.getByRole("link", { name: "Log in" }).hover();
    await page.mouse.down();
    const drawn = page.waitForResponse(/\/api\/v1\/categories/);
    letThrough();
    await drawn;
    // Half a second in which the program would have taken the page's place.
    await page.evaluate(async () => {
        for (let frame = 0; frame < 30; frame++) await new Promise((painted) => requestAnimationFrame(painted));
    });
    await page.mouse.up();
    await page.getByRole("heading", { name: "Log in" }).waitFor();
});
