// Money and time: what a move does to the deadline for cancelling, and what becomes of money that comes too late.

import assert from "node:assert/strict";
import { after } from "node:test";

import { advance } from "./support/clock.js";
import { eventually } from "./support/eventually.js";
import { journey, serverSettings } from "./support/journey.js";
import { payFor, pressPay } from "./support/money.js";
import { bookThrough, newAddress, openProvider, timesOfALaterDay } from "./support/people.js";
import { startSimulator } from "./support/simulator.js";

let simulator;
serverSettings(async () => {
    simulator = await startSimulator();
    return { ...simulator.settings, STRIPE_CONNECT: "false", PLATFORM_FEE_PERCENT: "0" };
});
after(() => simulator?.stop());

/** A provider whose service costs €50, paid when booking. */
async function prepaid(server, name) {
    await simulator.tell(server);
    return openProvider(server, { name, service: { price_minor: 5000, payment_mode: "full" } });
}

/** A time so many hours from now, on the half hour. */
function inHours(hours) {
    const half = 1_800_000;
    return new Date(Math.ceil((Date.now() + hours * 3_600_000) / half) * half).toISOString();
}

/** Chooses another time for a booking, up to the question, and gives the dialog. */
async function toQuestion(page, booking) {
    await page.goto("about:blank");
    await page.goto(`/manage/${booking.id}#${booking.manage_token}`);
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await (await timesOfALaterDay(page, 5)).first().click();
    return page.getByRole("dialog", { name: "Move the booking?" });
}

journey("whoever pays when the time is gone reads that the money goes back", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Too Late Till");
    const booking = await bookThrough(server, provider, { start_at: inHours(72), name: "Lea Late" });
    // The bank's news do not come through until the hold has lapsed and somebody else has the time.
    await simulator.act("deliveries/hold");
    await pressPay(server, booking);
    await advance(server, "40 minutes");
    const taken = { method: "POST", headers: { "content-type": "application/json" } };
    taken.body = JSON.stringify({ service_id: provider.service.id, start_at: booking.start_at, client: { name: "Bea Better", email: newAddress("bea") } });
    await eventually("the time for somebody else", () => server.json("/api/v1/bookings", taken).catch(() => false));
    await simulator.act("deliveries/release");
    const headers = { "x-manage-token": booking.manage_token };
    await eventually("a refund", async () => {
        const now = await server.json(`/api/v1/bookings/${booking.id}`, { headers });
        return now.money.refunds.some((refund) => refund.cause === "late");
    });

    await page.goto(`/pay/${booking.id}?done=1#${booking.manage_token}`);
    await page.getByRole("heading", { name: "The time is gone" }).waitFor();
    await page.getByText("Your €50 came too late for this time and goes back to you in full.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-too-late");
    await page.getByRole("link", { name: "Choose another time" }).click();
    await page.getByRole("heading", { name: "Choose a time" }).waitFor();
    const mail = await server.mail(booking.client.email, /^Paid too late/);
    assert.match(mail.text, /Refund: 50\.00 EUR/);
});

journey("whoever moves reads what a cancellation brings back then", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Moving Deadline");
    const early = await payFor(server, await bookThrough(server, provider, { start_at: inHours(72), name: "Eva Early" }));
    let dialog = await toQuestion(page, early);
    await dialog.getByText(/^Cancel until .+ and everything you paid comes back\.$/).waitFor();
    await checkAccessibility(page);
    await photograph(page, "move-terms", { fullPage: false });

    const late = await payFor(server, await bookThrough(server, provider, { start_at: inHours(30), name: "Lars Late" }));
    await advance(server, "12 hours");
    dialog = await toQuestion(page, late);
    await dialog.getByText(/^Until .+, a cancellation would have brought €50 back\. Moving does not put the deadline off: if you cancel afterwards, nothing comes back of the €50 that you paid\.$/).waitFor();
    await checkAccessibility(page);
    await photograph(page, "move-terms-late", { fullPage: false });
    await dialog.getByRole("button", { name: "Move booking" }).click();
    await page.getByText(/^Moved to /).waitFor();
    await page.getByRole("button", { name: "Cancel booking" }).click();
    await page.getByRole("dialog", { name: "Cancel this booking?" }).getByText("Nothing comes back of the €50 that you paid.").waitFor();
});
