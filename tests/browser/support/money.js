// Paying for bookings, as their clients do.

import { eventually } from "./eventually.js";

const as = (booking) => ({ "content-type": "application/json", "x-manage-token": booking.manage_token });

/** Presses "pay" on the payment page of a booking. */
export async function pressPay(server, booking) {
    const { page_url } = await server.json(`/api/v1/bookings/${booking.id}/payment`, { method: "POST", headers: as(booking), body: "{}" });
    await fetch(page_url, { method: "POST", body: new URLSearchParams({ action: "pay" }), redirect: "manual" });
}

/** Pays, or has the amount reserved, and gives the booking as it is once the server knows. */
export async function payFor(server, booking) {
    await pressPay(server, booking);
    return eventually("a booking that was paid", async () => {
        const now = await server.json(`/api/v1/bookings/${booking.id}/payment/refresh`, { method: "POST", headers: as(booking) });
        return now.awaits !== "payment" && { ...now, manage_token: booking.manage_token };
    });
}
