// The demo's payment page and its page for setting up payouts: the simulator's own, without the product's server.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { VISITOR, startBrowser } from "./support/browser.js";
import { checkAccessibility, photograph } from "./support/journey.js";

const BINARY = fileURLToPath(new URL("../../target/debug/stripe-simulator", import.meta.url));
const KEY = "sk_test_browser";

let simulator, browser, address;

before(async () => {
    simulator = spawn(BINARY, ["127.0.0.1:0", KEY], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await Promise.race([
        new Promise((resolve) => simulator.stdout.once("data", (text) => resolve([String(text)]))),
        new Promise((resolve, reject) => simulator.once("error", reject).once("exit", () => reject(new Error("it ended")))),
    ]);
    address = line.trim();
    browser = await startBrowser();
    await mkdir(new URL("../artifacts/", import.meta.url), { recursive: true });
});

after(async () => {
    await browser?.close();
    simulator?.kill();
});

async function ask(path, params) {
    const response = await fetch(`${address}/v1/${path}`, {
        method: params ? "POST" : "GET",
        headers: { authorization: `Bearer ${KEY}` },
        body: params && new URLSearchParams(params),
    });
    const body = await response.json();
    assert.ok(response.ok, JSON.stringify(body));
    return body;
}

function openPage(more = {}) {
    return ask("checkout/sessions", {
        mode: "payment",
        success_url: `${address}/connect/done?page={CHECKOUT_SESSION_ID}`,
        cancel_url: `${address}/connect/back`,
        customer_email: "ann@example.org",
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "eur",
        "line_items[0][price_data][unit_amount]": "5000",
        "line_items[0][price_data][product_data][name]": "Cut and colour with Ewa Nowak",
        "line_items[0][price_data][product_data][description]": "Tuesday 3 March, 10:00–11:30",
        ...more,
    });
}

async function visitor() {
    const context = await browser.newContext(VISITOR);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    return page;
}

test("a client pays on the demo page, by keyboard, after a card was declined", async () => {
    const { id, url } = await openPage({ locale: "en" });
    const page = await visitor();
    await page.goto(url);
    await page.getByText("no real money").waitFor();
    await checkAccessibility(page);
    await photograph(page, "demo-payment");

    await page.getByRole("button", { name: "Card is declined" }).click();
    await page.getByRole("alert").waitFor();
    await checkAccessibility(page);
    await photograph(page, "demo-payment-declined");

    // The first thing that the keyboard reaches is the one that pays.
    await page.keyboard.press("Tab");
    assert.match(await page.locator(":focus").textContent(), /^Pay €50\.00$/);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/connect/done?page=${id}`);
    assert.equal((await ask(`checkout/sessions/${id}`)).payment_status, "paid");

    await page.goto(url);
    await page.getByRole("heading", { name: "This is paid" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "demo-payment-paid");
    await page.context().close();
});

test("the page speaks German and leads back", async () => {
    const { url } = await openPage({
        locale: "de",
        "payment_intent_data[capture_method]": "manual",
        "line_items[0][price_data][unit_amount]": "12345678",
        "line_items[0][price_data][product_data][name]": "Hochzeitsfrisur mit Donaudampfschifffahrtsgesellschaftskapitänsmützenanprobe",
    });
    const page = await visitor();
    await page.goto(url);
    await page.getByRole("button", { name: "Bezahlen 123.456,78" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "demo-payment-german");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.equal(wide, false, "nothing is cut");
    await page.getByRole("button", { name: "Zurück" }).click();
    await page.waitForURL("**/connect/back");
    await page.context().close();
});

test("somebody sets up payouts", async () => {
    const account = await ask("accounts", { type: "express", country: "DE", "capabilities[transfers][requested]": "true" });
    const { url } = await ask("account_links", {
        account: account.id,
        type: "account_onboarding",
        return_url: `${address}/connect/returned`,
        refresh_url: `${address}/connect/refresh`,
    });
    const page = await visitor();
    await page.goto(url);
    await page.getByRole("heading", { name: "Receive payments" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "demo-onboarding");
    await page.getByRole("button", { name: "Finish set-up" }).click();
    await page.waitForURL("**/connect/returned");
    assert.equal((await ask(`accounts/${account.id}`)).charges_enabled, true);
    await page.context().close();
});
