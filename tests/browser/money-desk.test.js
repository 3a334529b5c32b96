// Money on the provider's side: how a service is paid, what comes back, coupons, and a booking's money.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { payFor } from "./support/money.js";
import { logIn, newAddress, openProvider } from "./support/people.js";

const DEPOSIT = { name: "Haircut", price_minor: 5000, payment_mode: "deposit", deposit_minor: 2000 };

/** A provider at one of the pages of their desk. */
async function atDesk(page, server, below, options = {}) {
    const provider = await openProvider(server, { name: "Ewa Nowak", ...options });
    await logIn(page, provider.email, `/dashboard/${provider.id}${below}`);
    return provider;
}

/** What stands in an element, with plain spaces. */
const words = async (locator) => (await locator.innerText()).replace(/\s+/g, " ").trim();

/** A guest books the day after tomorrow. */
async function book(server, provider, name, more = {}) {
    const start = new Date(Date.now() + 2 * 86_400_000);
    start.setUTCHours(9, 0, 0, 0);
    return server.json("/api/v1/bookings", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
            service_id: provider.service.id,
            start_at: start.toISOString(),
            client: { name, email: newAddress("client") },
            ...more,
        }),
    });
}

/** The same page in the other language: nothing is wider than the window of a phone. */
async function inGerman(page, photograph, name, path) {
    await page.evaluate(() => localStorage.setItem("language", "de"));
    await page.goto(path);
    await page.locator("main h1").waitFor();
    await page.waitForFunction(() => !document.querySelector(".skeleton"));
    const before = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 800 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${name} fits a phone`);
    await page.setViewportSize(before);
    await photograph(page, `${name}-german`);
}

/** The drawer of a booking, in the day it takes place. */
async function openDrawer(page, provider, booking) {
    await page.goto(`/dashboard/${provider.id}?view=day&date=${booking.start_at.slice(0, 10)}&booking=${booking.id}`);
    const drawer = page.locator("#booking-drawer");
    await drawer.getByRole("heading", { level: 2 }).waitFor();
    return drawer;
}

journey("a provider asks for a deposit and says what tax is in the price", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await atDesk(page, server, "/services/new");
    await page.getByLabel("Name", { exact: true }).fill("Colour");
    await page.getByLabel("Length", { exact: true }).fill("90");
    await page.getByLabel("Price in EUR").fill("50");
    const means = page.locator("output.means");
    assert.equal(await words(means), "Clients pay €50 on site.");

    await page.getByLabel("When clients pay").selectOption("deposit");
    await page.getByRole("button", { name: "Add service" }).click();
    await page.getByText("Please give a whole percentage from 1 to 99.").waitFor();
    await page.getByLabel("Deposit", { exact: true }).fill("40");
    await page.getByLabel("VAT rate").fill("19");
    assert.equal(await words(means), "Clients pay €20 when booking and €30 on site. €7.98 of the price is VAT (19%).");
    await page.getByLabel("Deposit, unit").selectOption({ label: "EUR" });
    await page.getByLabel("Deposit", { exact: true }).fill("12,50");
    assert.match(await words(means), /^Clients pay €12\.50 when booking and €37\.50 on site\./);
    await page.getByLabel("I answer each request first").check();
    assert.match(await words(means), /charged when you confirm/);
    await checkAccessibility(page);
    await photograph(page, "service-paying");

    await page.getByRole("button", { name: "Add service" }).click();
    await page.getByText("€12.50 deposit").waitFor();
    const { items } = await server.json(`/api/v1/providers/${provider.slug}/services`);
    const made = items.find((service) => service.name === "Colour");
    assert.deepEqual([made.payment_mode, made.deposit_minor, made.vat_rate], ["deposit", 1250, 1900]);

    // What is stored is what the form shows, and all of it can become something else.
    await page.getByRole("link", { name: "Edit Colour" }).click();
    await page.waitForFunction(() => document.querySelector("#deposit")?.value === "12.50");
    await page.getByLabel("When clients pay").selectOption("full");
    assert.match(await words(means), /^Clients pay €50 when booking and nothing on site\./);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Paid when booking").waitFor();

    // What cannot be paid is refused where it is wrong.
    await page.getByRole("link", { name: "Edit Colour" }).click();
    await page.getByLabel("Price in EUR").fill("0");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator("#payment-mode-error").waitFor();
}, { expectedErrors: [/422/] });

journey("a provider chooses what comes back, and sees it with dates and amounts", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await atDesk(page, server, "/services", { service: DEPOSIT });
    await page.getByRole("navigation", { name: "Dashboard" }).getByRole("link", { name: "Payments" }).click();
    await page.getByRole("tab", { name: "Cancellation" }).click();
    await page.getByRole("radio", { name: /Flexible/ }).waitFor();
    const example = page.getByRole("region", { name: "For example" });
    await example.getByText("Haircut").waitFor();
    assert.match(await words(example), /Cancelled until .+ €20 back Cancelled later nothing back Does not come nothing back$/);

    // By keyboard, as radio buttons are.
    await page.getByRole("radio", { name: /Flexible/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => document.querySelector(".policy-card:has(:checked)")?.textContent.startsWith("Moderate"));
    assert.match(await words(example), /€20 back .*€10 back /);
    await checkAccessibility(page);
    await photograph(page, "policy");

    await page.getByRole("radio", { name: /Your own/ }).check();
    const step = (number) => page.getByRole("group", { name: `Step ${number}` });
    await step(1).getByLabel("At least this long before").fill("2");
    await step(1).getByLabel("Unit").selectOption({ label: "days" });
    await step(1).getByLabel("Comes back").fill("80");
    await page.getByRole("button", { name: "Add a step" }).click();
    await step(2).getByLabel("At least this long before").fill("72");
    await step(2).getByLabel("Comes back").fill("25");
    await page.getByLabel("Refund when the client does not come").fill("10");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Each step is nearer to the start than the one before.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "policy-wrong");
    await step(2).getByLabel("At least this long before").fill("6");
    assert.match(await words(example), /€16 back .*€5 back .*Does not come €2 back$/);
    await photograph(page, "policy-own");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();

    const { cancellation_policy: policy } = await server.json(`/api/v1/providers/${provider.slug}`);
    assert.deepEqual(policy, {
        kind: "custom",
        steps: [{ hours_before: 48, refund_percent: 80 }, { hours_before: 6, refund_percent: 25 }],
        no_show_refund_percent: 10,
    });
    await page.reload();
    await page.waitForFunction(() => document.querySelector(".policy-card:has(:checked)")?.textContent.includes("2 days or more before: 80% back"));
    await page.getByRole("button", { name: "Remove step 2" }).click();
    await step(2).waitFor({ state: "detached" });
    await page.getByRole("radio", { name: /Strict/ }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await eventually("the other policy", async () => (await server.json(`/api/v1/providers/${provider.slug}`)).cancellation_policy.kind === "strict");
});

journey("a provider makes a coupon, changes it and puts it away", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await atDesk(page, server, "/payments?show=coupons");
    await page.getByRole("heading", { name: "No coupons yet" }).waitFor();
    await photograph(page, "coupons-none");
    await page.getByRole("button", { name: "New coupon" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Code").fill("sp ring");
    await dialog.getByLabel("Takes off", { exact: true }).fill("20");
    await dialog.getByRole("button", { name: "Create coupon" }).click();
    await dialog.getByText("3 to 40 letters from A to Z, digits and hyphens.").waitFor();
    await dialog.getByLabel("Code").fill("SPRING");
    const soon = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel("Last day").fill(soon);
    await dialog.getByLabel("Uses in all").fill("50");
    await dialog.getByLabel("Least price in EUR").fill("40");
    await checkAccessibility(page);
    await photograph(page, "coupon-new", { fullPage: false });
    await dialog.getByRole("button", { name: "Create coupon" }).click();
    const row = page.locator(".coupon-row", { hasText: "SPRING" });
    await row.waitFor();
    assert.match(await words(row), /SPRING In use used 0 of 50 · until .+ · for €40 or more 20% off/);

    await page.getByRole("button", { name: "New coupon" }).click();
    await dialog.getByLabel("Code").fill("spring");
    await dialog.getByLabel("Takes off, unit").selectOption({ label: "EUR" });
    await dialog.getByLabel("Takes off", { exact: true }).fill("5,50");
    await dialog.getByRole("button", { name: "Create coupon" }).click();
    await dialog.locator("#coupon-code-error").waitFor();
    await dialog.getByLabel("Code").fill("hello-again");
    await dialog.getByRole("button", { name: "Create coupon" }).click();
    const other = page.locator(".coupon-row", { hasText: "hello-again" });
    await other.waitFor();
    assert.match(await words(other), /€5\.50 off/);

    await page.getByRole("button", { name: "Change SPRING" }).click();
    await dialog.getByLabel("Uses in all").fill("80");
    await dialog.getByRole("button", { name: "Save" }).click();
    await row.getByText("used 0 of 80").waitFor();
    await row.getByRole("button", { name: "Archive" }).click();
    await row.getByText("Archived").waitFor();
    await checkAccessibility(page);
    await photograph(page, "coupons");
    await row.getByRole("button", { name: "Take up again" }).click();
    await row.getByText("In use").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Archive", "the focus stays on what was pressed");

    // Changed elsewhere, it is shown as it is now, and can be put away all the same.
    const { items } = await provider.call("GET", `/providers/${provider.id}/coupons`);
    const spring = items.find((coupon) => coupon.code === "SPRING");
    await provider.call("PATCH", `/providers/${provider.id}/coupons/${spring.id}`, { most_uses: 90 }, spring.version);
    await row.getByRole("button", { name: "Archive" }).click();
    await row.getByText("used 0 of 90").waitFor();
    await row.getByRole("button", { name: "Archive" }).click();
    await row.getByText("Archived").waitFor();
}, { expectedErrors: [/422/, /412/] });

journey("a booking's money: kept until paid, marked as paid, given back", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await atDesk(page, server, "", { service: DEPOSIT });
    const booking = await book(server, provider, "Anna Paulsen");
    let drawer = await openDrawer(page, provider, booking);
    await drawer.locator(".badge.unpaid").waitFor();
    await photograph(page, "drawer-unpaid", { fullPage: false });
    await drawer.getByRole("button", { name: "Close" }).click();
    const item = page.locator(".tg-block.unpaid");
    await item.waitFor();
    assert.match(await item.getByRole("button").getAttribute("aria-label"), /Waiting for payment$/);
    await photograph(page, "agenda-unpaid", { fullPage: false });

    await payFor(server, booking);
    drawer = await openDrawer(page, provider, booking);
    await drawer.getByText("Confirmed").waitFor();
    await drawer.getByRole("button", { name: "Mark as paid" }).click();
    await page.getByText("Marked as paid on site.").waitFor();
    await drawer.getByRole("button", { name: "Not paid after all" }).click();
    await drawer.getByRole("button", { name: "Mark as paid" }).click();
    await drawer.getByRole("button", { name: "Not paid after all" }).waitFor();

    await drawer.getByRole("button", { name: "Give money back" }).click();
    const dialog = page.locator("dialog.dialog[open]");
    assert.equal(await dialog.getByLabel("Amount in EUR").inputValue(), "20");
    await dialog.getByLabel("Amount in EUR").fill("25");
    await dialog.getByRole("button", { name: "Give money back" }).click();
    await dialog.getByText("Please give an amount up to €20.").waitFor();
    await dialog.getByLabel("Amount in EUR").fill("7,50");
    await dialog.getByText("Anna Paulsen gets €7.50 back on the card used to pay. €12.50 of it stays.").waitFor();
    await dialog.getByLabel("A word with it").fill("Sorry for the wait.");
    await checkAccessibility(page);
    await photograph(page, "refund", { fullPage: false });
    await dialog.getByRole("button", { name: "Refund €7.50" }).click();
    await page.getByText("€7.50 is on its way back. The client is told.").waitFor();
    await drawer.getByText("History").click();
    await drawer.getByText(/^Money given back/).waitFor();
    await checkAccessibility(page);
    await photograph(page, "drawer-money", { fullPage: false });

    // What others do meanwhile takes nothing out of the hand.
    assert.match(await words(drawer.locator(".sums")), /€7\.50 (is on its way back|was given back) to the client/);
    await drawer.getByRole("button", { name: "Change time" }).click();
    const field = drawer.locator(".retime input").first();
    await field.waitFor();
    const typed = await field.inputValue();
    await field.focus();
    await drawer.evaluate((element) => element.querySelectorAll("*").forEach((part) => (part.stays = true)));
    const seen = page.waitForResponse((response) => /status=pending%2C/.test(response.url()));
    const alone = page.waitForResponse((response) => response.url().endsWith(`/bookings/${booking.id}`));
    await book(server, provider, "Ben Beside", { start_at: new Date(new Date(booking.start_at).getTime() + 3_600_000).toISOString() });
    await Promise.all([seen, alone]);
    await page.locator(".tg-block", { hasText: "Ben Beside" }).waitFor();
    assert.ok(await field.evaluate((element) => element.stays && element === document.activeElement), "it is not drawn anew");
    assert.equal(await field.inputValue(), typed);
});

journey("in a currency whose cards know no third decimal, the deposit is what will be charged", async ({ page, server }) => {
    await atDesk(page, server, "/services/new", { currency: "KWD" });
    await page.getByLabel("Price in KWD").fill("12.345");
    await page.getByLabel("When clients pay").selectOption("deposit");
    await page.getByLabel("Deposit", { exact: true }).fill("33");
    assert.equal(await words(page.locator("output.means")), "Clients pay KWD 4.070 when booking and KWD 8.275 on site.");
});

journey("a month of money, and its file", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await atDesk(page, server, "/payments", { service: DEPOSIT });
    await page.getByRole("heading", { name: "Clients can pay when booking" }).waitFor();
    await page.getByRole("heading", { name: /^Nothing in / }).waitFor();
    await photograph(page, "payments-none");
    await payFor(server, await book(server, provider, "Anna Paulsen"));
    await eventually("the payment in the book", async () => {
        const { items } = await provider.call("GET", `/providers/${provider.id}/transactions`);
        return items.some((item) => item.kind === "charge");
    });
    await page.goto(`/dashboard/${provider.id}/payments?month=1999-13`);
    assert.match(await page.getByLabel("Month").inputValue(), /^20\d\d-\d\d$/);
    await page.getByText("Anna Paulsen").first().waitFor();
    await page.goto(`/dashboard/${provider.id}/payments`);
    const row = page.getByRole("row", { name: /Payment/ });
    await row.getByText("Anna Paulsen").waitFor();
    assert.match(await words(page.locator(".month-sums")), /Paid by clients €20/);
    await checkAccessibility(page);
    await photograph(page, "payments");
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download CSV" }).click()]);
    assert.match(file.suggestedFilename(), /^payments-\d{4}-\d\d\.csv$/);
    await inGerman(page, photograph, "payments", `/dashboard/${provider.id}/payments`);
    await inGerman(page, photograph, "policy", `/dashboard/${provider.id}/payments?show=cancellation`);
    await inGerman(page, photograph, "service-paying", `/dashboard/${provider.id}/services/${provider.service.id}`);
    await page.evaluate(() => localStorage.setItem("language", "en"));
    await page.goto(`/dashboard/${provider.id}/payments`);
    await row.getByRole("link").click();
    await page.locator("#booking-drawer").getByRole("button", { name: "Give money back" }).waitFor();
});

journey("a provider sets the tax number that stands on receipts", async ({ page, server, checkAccessibility }) => {
    const provider = await atDesk(page, server, "/profile");
    await page.getByLabel("Tax number or VAT ID").fill(" DE123456789 ");
    await checkAccessibility(page);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    const own = await provider.call("GET", `/providers/${provider.id}`);
    assert.equal(own.tax_number, "DE123456789");
    const seen = await server.json(`/api/v1/providers/${provider.slug}`);
    assert.equal(seen.tax_number, undefined, "others are not told");
    await page.reload();
    await page.waitForFunction(() => document.querySelector("#tax-number")?.value === "DE123456789");
});
