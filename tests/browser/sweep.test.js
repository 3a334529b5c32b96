// Every screen of those who work with it, in both languages, at each width, by day and by night: photographed, and nothing cut,
// nothing sticking out, nobody kept out. One page goes through all of them; only its window and its theme change.

import assert from "node:assert/strict";

import { checkAccessibility, journey, photograph } from "./support/journey.js";

const WIDTHS = [390, 768, 1440];
const LANGUAGES = ["en", "de"];

/** Logs in with the demo data's password, in English, and says where that led. */
async function logIn(page, email, next) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("calm-lantern-42");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname.startsWith(next) && url.pathname !== "/dashboard/");
}

/** What sticks out of the window, and words that their box cuts off. Bookings in a grid may be cut: they open. */
function flaws() {
    const found = [];
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) found.push(`the page is ${wide} px too wide`);
    const words = "button, .button, label, legend, h1, h2, h3, th, dt, .chip, .badge, .segment span, [role=tab], nav a, option";
    const may = ".tg-item, .tg-whole, .tg-off, .tg-corner, .month-entry, .month-rest, [hidden]";
    for (const element of document.querySelectorAll(words)) {
        const { clientWidth, scrollWidth, textContent } = element;
        if (clientWidth <= 1 || element.closest(may) || !element.checkVisibility()) continue;
        if (scrollWidth > clientWidth + 1) found.push(`${scrollWidth - clientWidth} px of "${textContent.trim().slice(0, 60)}" are cut`);
    }
    // What stands in a card stays in it, unless it can be scrolled to.
    for (const element of document.querySelectorAll("button, .button, input, select, textarea")) {
        const card = element.closest(".card, .desk li, dialog, .table-frame");
        if (!card || !element.checkVisibility() || element.closest(".year, .tg, [hidden], .hidden")) continue;
        const out = element.getBoundingClientRect().right - card.getBoundingClientRect().right;
        if (element.clientWidth > 1 && out > 1) found.push(`"${element.textContent.trim().slice(0, 40)}" sticks out by ${Math.round(out)} px`);
    }
    return found;
}

/** Looks at a page in every way. `open` leads to what is behind a press. */
async function look(page, name, path, open) {
    const found = [];
    for (const language of LANGUAGES) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.evaluate((tag) => localStorage.setItem("language", tag), language);
        await page.goto(path);
        await page.locator("main h1").first().waitFor({ state: "attached" });
        await page.waitForFunction(() => !document.querySelector(".skeleton") && document.fonts.status === "loaded");
        if (open) {
            await open(page);
            await page.locator("dialog[open]").waitFor();
            await page.waitForFunction(() => !document.querySelector(".skeleton"));
        }
        if (language === LANGUAGES[0]) await checkAccessibility(page).catch((error) => found.push(`${name}: ${error.message}`));
        for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 900 });
            // The app hears of the width with the next frame, and has drawn itself anew with the one after.
            await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
            found.push(...(await page.evaluate(flaws)).map((flaw) => `${name}, ${language}, ${width}: ${flaw}`));
        }
        await photograph(page, `sweep-${name}-${language}`, { fullPage: !open });
    }
    return found;
}

const american = { locale: "en-US", expectedErrors: [/40[0-9]/] };

/** Logs in as a provider: where the desk is, and a service of it. */
async function openDesk(page, server) {
    await logIn(page, "provider@appointed.example", "/dashboard/");
    const desk = new URL(page.url()).pathname;
    const { items } = await server.json(`/api/v1/providers/${desk.split("/")[2]}/services`);
    return { desk, service: items[0].id };
}

const press = (selector) => (page) => page.locator(selector).first().click();

journey("the whole agenda, in both languages", async ({ page, server }) => {
    const { desk, service } = await openDesk(page, server);
    const found = [];
    for (const [name, path, open] of [
        ["agenda-day", `${desk}?view=day`],
        ["agenda-week", `${desk}?view=week`],
        ["agenda-month", `${desk}?view=month`],
        ["agenda-list", `${desk}?view=list`],
        ["agenda-past", `${desk}?view=list&show=past`],
        ["agenda-drawer", `${desk}?view=month`, press(".month-entry")],
        ["agenda-sheet", `${desk}?view=week`, press(".tg-more")],
        ["book-which", `${desk}/book`],
        ["book-time", `${desk}/book?service=${service}`],
    ]) {
        found.push(...(await look(page, name, path, open)));
    }
    assert.deepEqual(found, []);
}, american);

journey("the whole desk beside it, in both languages", async ({ page, server }) => {
    const { desk, service } = await openDesk(page, server);
    const found = [];
    for (const [name, path, open] of [
        ["hours", `${desk}/hours`],
        ["holidays", `${desk}/hours`, press(".holiday-offer button")],
        ["services", `${desk}/services`],
        ["service-new", `${desk}/services/new`],
        ["service", `${desk}/services/${service}`],
        ["payments", `${desk}/payments`],
        ["policy", `${desk}/payments?show=cancellation`],
        ["coupons", `${desk}/payments?show=coupons`],
        ["coupon-new", `${desk}/payments?show=coupons`, press(".payments .button.primary")],
        ["profile", `${desk}/profile`],
        ["preview", `${desk}/preview`],
        ["account", "/account"],
        ["my-bookings", "/bookings"],
    ]) {
        found.push(...(await look(page, name, path, open)));
    }
    assert.deepEqual(found, []);
}, american);

journey("the whole administration, in both languages", async ({ page }) => {
    await logIn(page, "admin@appointed.example", "/admin");
    const found = [];
    for (const name of ["", "users", "providers", "categories", "log"]) {
        found.push(...(await look(page, `admin-${name || "overview"}`, `/admin/${name}`.replace(/\/$/, ""))));
    }
    assert.deepEqual(found, []);
}, american);

journey("what customers keep, in both languages", async ({ page }) => {
    await logIn(page, "customer@appointed.example", "/bookings");
    const found = [];
    for (const [name, path] of [["bookings", "/bookings"], ["bookings-past", "/bookings?show=past"], ["bookings-cancelled", "/bookings?show=cancelled"]]) {
        found.push(...(await look(page, name, path)));
    }
    assert.deepEqual(found, []);
}, american);
