// Answers that get lost on the way: sending again must not do it twice.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { PASSWORD, fillDetails, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

/** The server gets the next such request, the browser hears nothing of it. */
async function loseAnswer(page, url) {
    let lost = false;
    await page.route(url, async (route) => {
        if (lost || route.request().method() !== "POST") return route.continue();
        lost = true;
        await route.fetch();
        await route.abort();
    });
}

/** All bookings of a provider that take time. */
async function bookingsOf(provider) {
    const { items } = await provider.call("GET", `/providers/${provider.id}/bookings?status=pending,confirmed`);
    return items;
}

/** Books a later day, and does not hear that it worked. */
async function bookWithoutAnswer(page, provider) {
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await fillDetails(page, { name: "Ada Lovelace", email: newAddress("ada") });
    await loseAnswer(page, "**/api/v1/bookings");
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("alert").filter({ hasText: "The server did not answer." }).waitFor();
}

journey("a booking whose answer was lost is made once, also after a reload", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Bad Reception", service: { capacity: 4 } });
    await bookWithoutAnswer(page, provider);
    assert.equal((await bookingsOf(provider)).length, 1);

    await page.reload();
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    assert.equal((await bookingsOf(provider)).length, 1);
}, { expectedErrors: [/ERR_FAILED/] });

journey("whoever chooses another time after a lost answer has that one alone", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Worse Reception" });
    await bookWithoutAnswer(page, provider);
    const [first] = await bookingsOf(provider);

    await page.getByRole("link", { name: "Change time" }).click();
    await page.locator("button.time:not(.gone)").last().click();
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    const left = await bookingsOf(provider);
    assert.deepEqual(left.map((booking) => booking.id), [first.id]);
    assert.notEqual(left[0].start_at, first.start_at);
}, { expectedErrors: [/ERR_FAILED/] });

journey("whoever adds a coupon after a lost answer is told at which price it is booked", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Late Coupon", service: { price_minor: 5000, payment_mode: "full" } });
    await provider.call("POST", `/providers/${provider.id}/coupons`, { code: "HALF", percent: 50 });
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await fillDetails(page, { name: "Ada Lovelace", email: newAddress("ada") });
    await loseAnswer(page, "**/api/v1/bookings");
    await page.getByRole("button", { name: "Continue to payment · €50" }).click();
    await page.getByRole("alert").filter({ hasText: "The server did not answer." }).waitFor();
    await page.getByText("Add a coupon").click();
    await page.getByLabel("Coupon code").fill("half");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("button", { name: "Continue to payment · €25" }).click();
    await page.getByText("Your first try had gone through already: it is booked at €50.").waitFor();
    await page.getByRole("button", { name: "Pay now · €50" }).waitFor();
    assert.equal((await bookingsOf(provider)).length, 1);
}, { expectedErrors: [/ERR_FAILED/] });

journey("a service whose answer was lost is offered once", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Once Only" });
    await page.goto(`/login?next=/dashboard/${provider.id}/services/new`);
    await page.getByLabel("E-mail").fill(provider.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Massage");
    await page.getByLabel(/^Price/).fill("40");
    await loseAnswer(page, "**/services");
    await page.getByRole("button", { name: "Add service" }).click();
    await page.getByRole("alert").filter({ hasText: "The server did not answer." }).waitFor();
    await page.getByRole("button", { name: "Add service" }).click();
    await page.waitForURL(/\/services$/);
    const { items } = await provider.call("GET", `/providers/${provider.id}/services`);
    assert.equal(items.filter((service) => service.name === "Massage").length, 1);
}, { expectedErrors: [/ERR_FAILED/] });
