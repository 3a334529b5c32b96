// Another service for a booking that stands: chosen where another time is, with what it costs said before.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { payFor } from "./support/money.js";
import { bookThrough, fillDetails, logIn, newAddress, openProvider, timesOfALaterDay } from "./support/people.js";

const PAY = /^Pay /;

/** Four days from now, at ten by UTC, as the API writes it. */
function start() {
    const at = new Date(Date.now() + 4 * 86_400_000);
    at.setUTCHours(10, 0, 0, 0);
    return at.toISOString();
}

/** A provider of a massage for 50 euros, and of others. */
async function massages(server, name, service, others) {
    const provider = await openProvider(server, { name, service: { name: "Massage", price_minor: 5000, ...service } });
    for (const other of others) {
        await provider.call("POST", `/providers/${provider.id}/services`, { duration_minutes: 30, payment_mode: "full", ...other });
    }
    return provider;
}

/** The choice of a time and a service, in the drawer of a booking. */
async function atChoice(page, provider, booking) {
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=day&date=${booking.start_at.slice(0, 10)}&booking=${booking.id}`);
    const drawer = page.locator("#booking-drawer");
    await drawer.getByRole("button", { name: "Change time" }).click();
    await drawer.getByRole("button", { name: "Pick from the free times, or another service" }).click();
    const [mover, room] = [await drawer.locator("#move").boundingBox(), await drawer.boundingBox()];
    assert.ok(mover.x >= room.x && mover.x + mover.width <= room.x + room.width, "it has room beside the agenda");
    return drawer;
}

const noted = (place) => place.locator(".quote");

journey("a provider changes a paid booking to a cheaper service, and the difference goes back", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await massages(server, "Cheaper Change", { payment_mode: "full" }, [{ name: "Short massage", price_minor: 3000, duration_minutes: 15 }]);
    const booking = await payFor(server, await bookThrough(server, provider, { start_at: start(), name: "Cleo Client" }));
    const drawer = await atChoice(page, provider, booking);
    await drawer.getByLabel("Service").selectOption({ label: "Short massage · 15 min · €30" });
    await drawer.getByText("It then costs €30 instead of €50. €20 goes back to the client. The client is told.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "service-change-choice", { fullPage: false });

    // The time that it has is among those it can keep.
    await drawer.getByRole("button", { name: /^12:00|^11:00/ }).first().click();
    const question = page.getByRole("dialog", { name: "Change the booking?" });
    await question.getByText(/^From Massage, .* to Short massage, .*\.$/).waitFor();
    await noted(question).getByText("€20 goes back to the client.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "service-change-question", { fullPage: false });
    await question.getByRole("button", { name: "Change booking" }).click();
    await page.getByText(/^Now Short massage, .*\.$/).waitFor();
    await drawer.locator(".drawer-service").getByText("Short massage").waitFor();
    await drawer.locator(".facts-table").getByText("€30", { exact: true }).first().waitFor();
    await drawer.getByText(/^€20 (is on its way back|was given back) to the client$/).waitFor();
    await drawer.getByText("History").click();
    await drawer.getByText(/^Service changed by the provider from Massage to Short massage/).waitFor();
    await photograph(page, "service-change-done", { fullPage: false });

    const now = await provider.call("GET", `/bookings/${booking.id}`);
    assert.deepEqual([now.service.name, now.price_minor, now.money.refunded_minor], ["Short massage", 3000, 2000]);
});

journey("a provider changes to a dearer service, and the client pays the rest online", async ({ page, visitor, server, checkAccessibility, photograph }) => {
    const provider = await massages(server, "Dearer Change", { payment_mode: "full" }, [{ name: "Long massage", price_minor: 8000, duration_minutes: 60 }]);
    const guest = await visitor();
    const email = newAddress("dearer");
    await guest.goto(provider.path);
    await (await timesOfALaterDay(guest)).first().click();
    await fillDetails(guest, { name: "Dora Dearer", email });
    await guest.getByRole("button", { name: /^Continue to payment/ }).click();
    await guest.getByRole("button", { name: PAY }).click();
    await guest.getByRole("heading", { name: "You are booked" }).waitFor();
    const link = (await server.mail(email)).text.match(/http\S+\/manage\/\S+#\S+/)[0];

    // The client reads why this is for the provider to do.
    await guest.goto("about:blank");
    await guest.goto(link);
    await guest.getByRole("button", { name: "Move", exact: true }).click();
    await guest.getByLabel("Service").selectOption({ label: "Long massage · 1 h · €80" });
    await guest.getByText(/^More is paid for this service when booking\. The provider can change it for you/).waitFor();
    assert.equal(await guest.locator(".mover .month").count(), 0, "no time is offered for it");
    await checkAccessibility(guest);
    await photograph(guest, "service-change-refused");

    const { items: [booking] } = await provider.call("GET", `/providers/${provider.id}/bookings`);
    const drawer = await atChoice(page, provider, booking);
    await drawer.getByLabel("Service").selectOption({ label: "Long massage · 1 h · €80" });
    await drawer.getByText("It then costs €80 instead of €50. €30 is then left to pay, online or at the appointment. The client is told.").waitFor();
    await drawer.locator("#times").getByRole("button", { name: /^\d\d:\d\d/ }).first().click();
    await page.getByRole("dialog", { name: "Change the booking?" }).getByRole("button", { name: "Change booking" }).click();
    await page.getByText(/^Now Long massage, /).waitFor();
    await drawer.getByText("Due at the appointment").waitFor();
    await drawer.getByText("The client can pay the rest online until the appointment ends, or on site.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "service-change-rest", { fullPage: false });

    await guest.goto("about:blank");
    await guest.goto(link);
    await guest.getByRole("heading", { name: "Long massage" }).waitFor();
    await guest.getByRole("link", { name: "Pay the rest now · €30" }).click();
    await guest.getByRole("button", { name: PAY }).click();
    await guest.getByText(/^Thank you\. €80 is paid in all/).waitFor();
    // Nothing is left: the provider is not told that it can be paid.
    await page.reload();
    await drawer.getByText("Long massage").first().waitFor();
    await drawer.locator(".sums").getByText("€80", { exact: true }).waitFor();
    assert.equal(await drawer.getByText("The client can pay the rest online").count(), 0);
}, { expectedErrors: [/422/] });

journey("a client changes to another service, in German", async ({ page, server, checkAccessibility, photograph }) => {
    const provider = await massages(server, "Kundin wechselt", {}, [{ name: "Lange Massage", price_minor: 8000, duration_minutes: 60, payment_mode: "on_site" }]);
    const booking = await bookThrough(server, provider, { start_at: start(), name: "Karla Kundin" });
    await page.goto(`/manage/${booking.id}#${booking.manage_token}`);
    await page.getByRole("button", { name: "Verschieben", exact: true }).click();
    await page.getByLabel("Leistung").selectOption({ label: "Lange Massage · 1 Std. · 80 €".replace(/ €/, "\u00a0€") });
    await page.getByText(/^Das kostet dann 80\s€ statt 50\s€\. 80\s€ bleiben zu zahlen, beim Termin\.$/).waitFor();
    await checkAccessibility(page);
    await photograph(page, "service-change-de");
    await page.locator("#times").getByRole("button", { name: /^\d\d:\d\d/ }).first().click();
    const question = page.getByRole("dialog", { name: "Buchung ändern?" });
    await question.getByText(/^Von Massage, .* auf Lange Massage, .*\.$/).waitFor();
    await question.getByRole("button", { name: "Buchung ändern" }).click();
    await page.getByRole("heading", { name: "Lange Massage" }).waitFor();
    await page.locator(".facts-table").getByText(/^80\s€$/).first().waitFor();
}, { locale: "de-DE" });

journey("with one service there is nothing to choose", async ({ page, server }) => {
    const provider = await massages(server, "One Service", {}, []);
    const booking = await bookThrough(server, provider, { start_at: start(), name: "Olga Only" });
    await page.goto(`/manage/${booking.id}#${booking.manage_token}`);
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await page.locator(".mover .month .day").first().waitFor();
    assert.equal(await page.getByLabel("Service").count(), 0);
});
