// A member reads a booking by their own clock wherever it stands, also where it was booked by another one.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { logIn, newAddress, openProvider, PASSWORD, timesOfALaterDay } from "./support/people.js";

const TBILISI = "Asia/Tbilisi";

/** Registers somebody in Berlin, and books by another clock, through the API. */
async function bookByAnotherClock(server, provider) {
    const email = newAddress("mia");
    const post = (path, body, token) => server.json(`/api/v1${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify(body),
    });
    const session = await post("/auth/register", { name: "Mia Member", email, password: PASSWORD, time_zone: "Europe/Berlin" });
    const start_at = `${new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)}T08:00:00Z`;
    const booking = await post("/bookings", { service_id: provider.service.id, start_at, time_zone: TBILISI }, session.access_token);
    return { email, booking };
}

function clock(instant, zone) {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
}

/** Chooses another time, and gives how it was written. */
async function chooseTime(page) {
    const time = (await timesOfALaterDay(page)).first();
    const [words] = (await time.textContent()).match(/\d\d:\d\d/);
    await time.click();
    return words;
}

journey("list, details and questions lead with the same clock", async ({ page, server, photograph }) => {
    const provider = await openProvider(server, { name: "Two Clocks" });
    const own = await provider.call("GET", `/providers/${provider.id}`);
    await provider.call("PATCH", `/providers/${provider.id}`, { time_zone: TBILISI }, own.version);
    const { email, booking } = await bookByAnotherClock(server, provider);
    const [mine, theirs] = ["Europe/Berlin", TBILISI].map((zone) => clock(booking.start_at, zone));
    await logIn(page, email, "/bookings");
    await page.locator(".row-when", { hasText: `${mine}–` }).waitFor();
    await page.getByRole("link", { name: "Consultation" }).click();
    await page.locator(".done-when b", { hasText: `${mine}–` }).waitFor();
    await page.locator(".clocks").getByText(new RegExp(`^${theirs}–.* in Tbilisi$`)).waitFor();
    await photograph(page, "booking-own-clock");

    // Whoever moves it by another clock is told so.
    await page.getByRole("button", { name: "Move", exact: true }).click();
    const dialog = page.getByRole("dialog");
    const question = (from, to) => dialog.getByText(new RegExp(`${from}–.*${to}–`));
    await question(mine, await chooseTime(page)).waitFor();
    assert.equal(await dialog.getByText(/Times in/).count(), 0);
    await dialog.getByRole("button", { name: "Back" }).click();
    const zone = page.locator("#zone");
    await zone.click();
    await page.getByRole("option", { name: /^Tbilisi/ }).click();
    await question(theirs, await chooseTime(page)).waitFor();
    await dialog.getByText("Times in Tbilisi (GMT+4)").waitFor();
    await dialog.getByRole("button", { name: "Back" }).click();

    // Called off meanwhile, nothing is asked about other times any more.
    await page.getByRole("button", { name: "Cancel booking" }).click();
    await dialog.getByText(`${mine}–`).waitFor();
    await dialog.getByRole("button", { name: /^Cancel/ }).first().click();
    await page.locator(".booking-card.over").waitFor();
    assert.equal(await page.locator(".mover").count(), 0);
});
