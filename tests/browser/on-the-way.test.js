// A page whose part is still on its way, or cannot be had: whoever followed a link sees and hears so.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { hold } from "./support/hold.js";
import { journey } from "./support/journey.js";
import { openProvider, timesOfALaterDay } from "./support/people.js";

const heading = (page, name) => page.getByRole("heading", { level: 1, name });

journey("a page that lets people wait says so until it is there", async ({ page, photograph, checkAccessibility }) => {
    const release = await hold(page, /person\.pack/);
    await page.goto("/p/dana-whitfield");
    await heading(page, "Dana Whitfield").waitFor();
    await page.locator("#first").waitFor({ state: "detached" });
    await page.getByRole("banner").getByRole("link", { name: "Log in" }).click();
    await page.waitForURL(/\/login$/);
    await page.locator("main[aria-busy=true]").waitFor();
    await page.getByRole("status").getByText("Loading", { exact: true }).waitFor({ state: "attached" });
    const line = await page.locator(".page-waits").boundingBox();
    assert.ok(line.y === 0 && line.width >= 1400 && line.height <= 4, "a thin line at the top");
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0, "it rests for whoever wants no motion");
    await checkAccessibility(page);
    await photograph(page, "page-on-its-way", { fullPage: false });
    release();
    await heading(page, "Log in").waitFor();
    await page.locator("main:not([aria-busy])").waitFor();
    assert.equal(await page.locator(".page-waits").count(), 0);
});

journey("the button to book stays where it is when the line for a coupon comes", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Till Late", service: { price_minor: 5_000 } });
    const release = await hold(page, /terms_later\.pack/);
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    const book = page.getByRole("button", { name: "Book", exact: true });
    await book.waitFor();
    await page.locator(".bone.pill").waitFor();
    const before = await book.boundingBox();
    release();
    await page.getByText("Add a coupon").waitFor();
    assert.deepEqual(await book.boundingBox(), before);
});

journey("the button to pay stays where it is when the sums come", async ({ page, server }) => {
    for (const service of [{ payment_mode: "full", vat_rate: 1900 }, { payment_mode: "deposit", deposit_percent: 30 }]) {
        const provider = await openProvider(server, { name: "Sums Late", service: { price_minor: 5_000, ...service } });
        const parts = await hold(page, /terms_later\.pack/);
        const sums = await hold(page, /\/price\?/);
        await page.goto(provider.path);
        await (await timesOfALaterDay(page)).first().click();
        const pay = page.locator(".step form button[type=submit]");
        await pay.waitFor();
        await page.locator(".due-place .skeleton").waitFor();
        const { y } = await pay.boundingBox();
        parts();
        await page.locator(".due .bone").first().waitFor();
        assert.equal((await pay.boundingBox()).y, y, "the part has come");
        sums();
        await page.getByText("Due now").waitFor();
        assert.equal((await pay.boundingBox()).y, y, "the sums have come");
    }
});

journey("whoever goes elsewhere meanwhile is not kept waiting", async ({ page }) => {
    const release = await hold(page, /person\.pack/);
    await page.goto("/p/dana-whitfield");
    await page.locator("#first").waitFor({ state: "detached" });
    await page.getByRole("banner").getByRole("link", { name: "Log in" }).click();
    await page.locator("main[aria-busy=true]").waitFor();
    await page.goBack();
    await page.locator("main:not([aria-busy])").waitFor();
    await heading(page, "Dana Whitfield").waitFor();
    assert.equal(new URL(page.url()).pathname, "/p/dana-whitfield");
    // What they no longer wait for changes nothing once it is there.
    const held = page.waitForResponse(/person\.pack/);
    release();
    await (await held).finished();
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    assert.equal(new URL(page.url()).pathname, "/p/dana-whitfield");
    assert.deepEqual(await page.locator("h1").allTextContents(), ["Dana Whitfield Coaching"]);
});

journey("a page that cannot be had names itself", async ({ page }) => {
    await page.goto("/");
    const provider = page.locator(".provider-card h3 a, .provider-card h2 a").first();
    await page.locator(".next-times a.time").first().waitFor();
    await page.context().setOffline(true);
    await provider.click();
    await heading(page, "You are offline").waitFor();
    assert.match(await page.title(), /^You are offline/);
    assert.equal(await page.locator("h1").count(), 1);
    await eventually("the focus at the heading", () => page.evaluate(() => document.activeElement?.tagName === "H1"));
    const name = new URL(page.url()).pathname;
    await page.context().setOffline(false);
    await page.locator(".provider-page h1").waitFor();
    assert.equal(new URL(page.url()).pathname, name);
    assert.doesNotMatch(await page.title(), /offline/);
}, { expectedErrors: [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/] });

journey("a page that cannot be loaded on a first visit takes the place of what the server wrote", async ({ page }) => {
    await page.route(/\/api\/v1\/providers\/dana-whitfield(\?|$)/, (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: "{}" }));
    await page.goto("/p/dana-whitfield");
    await page.locator(".failure").waitFor();
    await page.locator("#first").waitFor({ state: "detached" });
    assert.deepEqual(await page.locator("h1").allTextContents(), await page.locator(".failure h1").allTextContents());
    assert.equal(await page.locator("h1").count(), 1);
    assert.doesNotMatch(await page.title(), /Dana Whitfield/);
}, { expectedErrors: [/503/] });
