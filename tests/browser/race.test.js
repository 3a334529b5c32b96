// Two want the same time. One is quicker; the other is told kindly and keeps what was typed.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { fillDetails, newAddress, openProvider, timesOfALaterDay } from "./support/people.js";

journey("losing a race offers other times and keeps what was typed", async ({ page: slow, server, visitor, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "One Chair Barbers" });
    await slow.goto(provider.path);
    await (await timesOfALaterDay(slow)).first().click();
    await fillDetails(slow, { name: "Slow Sam", email: newAddress("sam"), notes: "Short at the sides." });

    const quick = await visitor();
    await quick.goto(slow.url());
    await fillDetails(quick, { name: "Quick Quinn", email: newAddress("quinn") });
    await quick.getByRole("button", { name: "Book", exact: true }).click();
    await quick.getByRole("heading", { name: "You are booked" }).waitFor();

    await slow.getByRole("button", { name: "Book", exact: true }).click();
    await slow.getByText(/That time was just taken\. .* still free\./).waitFor();
    assert.equal(await slow.getByLabel("Name").inputValue(), "Slow Sam");
    assert.equal(await slow.getByLabel("Anything we should know").inputValue(), "Short at the sides.");
    await checkAccessibility(slow);
    await photograph(slow, "race-lost");

    await slow.getByRole("button", { name: /^Book .* instead$/ }).first().click();
    await slow.getByRole("heading", { name: "You are booked" }).waitFor();
}, { expectedErrors: [/409/] });

journey("a time that came too near is not called taken", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Short Notice" });
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await fillDetails(page, { name: "Late Lee", email: newAddress("lee") });
    // The chosen day is at most two months away.
    const { id, version } = provider.service;
    await provider.call("PATCH", `/services/${id}`, { minimum_notice_minutes: 60 * 24 * 90, horizon_days: 365 }, version);
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByText("By now, that time is too soon for the provider. Nothing near it is free.").waitFor();
    assert.equal(await page.getByText(/taken/).count(), 0);
    assert.equal(await page.getByLabel("Name").inputValue(), "Late Lee");
    await checkAccessibility(page);
    await photograph(page, "too-soon");
}, { expectedErrors: [/422/] });

journey("a request awaits the provider's answer", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "House Calls", service: { approval_required: true, location: "customer" } });
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await fillDetails(page, { name: "Katherine Johnson", email: newAddress("katherine") });
    await page.getByRole("button", { name: "Send request" }).click();
    await page.getByText("Please fill this in.").waitFor();
    await page.getByLabel("Address").fill("Orbit Road 1");
    await page.getByRole("button", { name: "Send request" }).click();
    await page.getByRole("heading", { name: "Your request is sent" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "requested");

    const owner = await visitor();
    await owner.goto("/login?next=/dashboard");
    await owner.getByLabel("E-mail").fill(provider.email);
    await owner.getByLabel("Password", { exact: true }).fill("a long enough password");
    await owner.getByRole("button", { name: "Log in" }).click();
    await owner.getByRole("link", { name: "1 request to answer" }).click();
    await owner.getByRole("button", { name: "Confirm" }).click();
    await owner.getByText("Confirmed. The client is told.").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
});
