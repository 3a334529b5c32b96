// What a deposit or a dearer service leaves to pay is paid from the page of the booking, by guests and by members.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { fillDetails, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";
import { watch } from "./support/watch.js";

const PAY = /^(Pay|.*zahlen) /;

/** Books with a deposit, pays it, and is on the page of the booking by the link in the mail. */
async function payDeposit(page, server, provider) {
    const email = newAddress("rest");
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await fillDetails(page, { name: "Rita Rest", email });
    await page.getByRole("button", { name: /^Continue to payment/ }).click();
    await page.getByRole("button", { name: PAY }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    const mail = await server.mail(email);
    assert.match(mail.text, /Still to pay: (EUR )?35/);
    assert.match(mail.text, /or now on the page of your booking/);
    const link = mail.text.match(/http\S+\/manage\/\S+#\S+/)[0];
    await page.goto("about:blank");
    await page.goto(link);
    return link;
}

/** A provider of a massage with a deposit of 15 euros out of 50. */
function withDeposit(server, name) {
    return openProvider(server, { name, service: { name: "Massage", price_minor: 5000, payment_mode: "deposit", deposit_percent: 30 } });
}

journey("the page of a paid booking stands still on a slow line", async ({ page, server, visitor }) => {
    const provider = await withDeposit(server, "Rest Still");
    const link = await payDeposit(page, server, provider);
    const other = await visitor();
    await other.addInitScript(watch);
    const line = await other.context().newCDPSession(other);
    await line.send("Network.enable");
    await line.send("Network.emulateNetworkConditions", { offline: false, latency: 300, downloadThroughput: -1, uploadThroughput: -1 });
    await other.goto(link);
    await other.getByRole("link", { name: /^Receipt/ }).waitFor();
    await other.getByRole("link", { name: "Pay the rest now · €35" }).waitFor();
    const shifts = await other.evaluate(() => window.shifts);
    const total = shifts.reduce((sum, shift) => sum + shift.value, 0);
    assert.ok(total < 0.005, JSON.stringify(shifts));
});

journey("a guest pays the rest, after having left the payment page once", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await withDeposit(server, "Rest Guest");
    await payDeposit(page, server, provider);
    const way = page.getByRole("link", { name: "Pay the rest now · €35" });
    await way.waitFor();
    await page.getByText(/^Or pay it at the appointment\./).waitFor();
    await checkAccessibility(page);
    await photograph(page, "rest-way");
    await way.click();

    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("heading", { name: "The rest is not paid yet" }).waitFor();
    assert.ok(!page.url().includes("#"), "the address holds no token");
    await checkAccessibility(page);
    await photograph(page, "rest-open");
    // No time waits to be paid: nothing says so anywhere else.
    assert.equal(await page.getByRole("complementary", { name: "To be paid" }).count(), 0);
    await page.getByRole("link", { name: "Back to the booking" }).click();
    await way.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: PAY }).click();

    await page.getByRole("heading", { name: "The rest is paid" }).waitFor();
    await page.getByText("Thank you. €50 is paid in all, and nothing is left to pay.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "rest-done");
    await page.getByRole("link", { name: "Back to the booking" }).click();
    await page.getByRole("heading", { name: "Massage" }).waitFor();
    await page.locator(".sums").getByText("€50", { exact: true }).waitFor();
    assert.equal(await way.count(), 0);
    assert.equal(await page.getByText("Due at the appointment").count(), 0);
    await checkAccessibility(page);
    await photograph(page, "rest-paid");
    await page.getByText("History", { exact: true }).click();
    await page.getByText("Paid: €15", { exact: true }).waitFor();
    await page.getByText("Paid: €35", { exact: true }).waitFor();
    await page.reload();

    // Called off, each payment goes back by itself, and what that comes to is said.
    await page.getByRole("button", { name: "Cancel booking" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel this booking?" });
    await dialog.getByText("All of it comes back: €50.").waitFor();
    await dialog.getByRole("button", { name: "Cancel booking" }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.reload();
    await page.locator(".sums").getByText(/^€35 (is on its way back|was given back)/).waitFor();
    await page.locator(".sums").getByText(/^€15 (is on its way back|was given back)/).waitFor();
    const sum = page.locator(".sums div").filter({ hasText: "Refunded in all" });
    await sum.getByText("€50", { exact: true }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "rest-refunded");
});

journey("a member pays the difference after the provider has changed the service", async ({ page, server, checkAccessibility, photograph }) => {
    const provider = await openProvider(server, { name: "Rest Member", service: { name: "Massage", price_minor: 5000, payment_mode: "full" } });
    await register(page, { name: "Mo Member", email: newAddress("rest-member") });
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await page.getByRole("button", { name: /^Continue to payment/ }).click();
    await page.getByRole("button", { name: PAY }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();

    const long = await provider.call("POST", `/providers/${provider.id}/services`, {
        name: "Long massage", duration_minutes: 60, price_minor: 8000, payment_mode: "full",
    });
    const { items: [booking] } = await provider.call("GET", `/providers/${provider.id}/bookings`);
    const change = { start_at: booking.start_at, service_id: long.id };
    await provider.call("POST", `/bookings/${booking.id}/reschedule`, change, booking.version);
    await page.goto(`/bookings/${booking.id}`);
    await page.getByRole("heading", { name: "Long massage" }).waitFor();
    await page.getByText("Due at the appointment").waitFor();
    await checkAccessibility(page);
    await photograph(page, "rest-member");
    await page.getByRole("link", { name: "Pay the rest now · €30" }).click();
    await page.getByRole("button", { name: PAY }).click();
    await page.getByText(/^Thank you\. €80 is paid in all/).waitFor();
    await page.getByRole("link", { name: "Back to the booking" }).click();
    await page.getByRole("heading", { name: "Long massage" }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/bookings/${booking.id}`);
});

journey("a rest that the bank has not answered for yet is waited for", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await withDeposit(server, "Rest Slow");
    await payDeposit(page, server, provider);
    await page.getByRole("link", { name: /^Pay the rest now/ }).click();
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("heading", { name: "The rest is not paid yet" }).waitFor();
    await page.goto(`${page.url()}&done=1`);
    await page.getByRole("heading", { name: "Your payment is on its way" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "rest-processing");
});

journey("the rest in German", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await withDeposit(server, "Rest Deutsch");
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    const email = newAddress("rest-de");
    await page.getByLabel("Name").fill("Rita Rest");
    await page.getByLabel("E-Mail").fill(email);
    await page.getByRole("button", { name: /^Weiter zur Zahlung/ }).click();
    await page.getByRole("button", { name: PAY }).click();
    const mail = await server.mail(email);
    await page.goto("about:blank");
    await page.goto(mail.text.match(/http\S+\/manage\/\S+#\S+/)[0]);
    const way = page.getByRole("link", { name: /^Rest jetzt zahlen · 35\s€$/ });
    await way.waitFor();
    await checkAccessibility(page);
    await photograph(page, "rest-way-de");
    await way.click();
    await page.getByRole("button", { name: PAY }).click();
    await page.getByText(/^Danke\. Insgesamt sind 50\s€ bezahlt, offen ist nichts mehr\.$/).waitFor();
}, { locale: "de-DE" });
