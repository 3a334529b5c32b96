// A phone in the hand: the agenda by finger, services in another order, and a booking from the first page to the last.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { PHONE, finger, middle } from "./support/finger.js";
import { journey } from "./support/journey.js";
import { bookThrough, fillDetails, logIn, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

const HOUR = 3_600_000;

/** A day that is far enough away, as `2026-12-08`, and eight o'clock UTC on it. */
function someDay() {
    const day = new Date(Date.now() + 10 * 24 * HOUR).toISOString().slice(0, 10);
    return { day, eight: `${day}T08:00:00Z` };
}

/** A provider's phone, at a day with one booking. */
async function atDay(page, server) {
    const provider = await openProvider(server, { name: "By Hand", service: { duration_minutes: 60, slot_step_minutes: 30 } });
    const { day, eight } = someDay();
    const booking = await bookThrough(server, provider, { start_at: eight, name: "Tilda Touch" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=day&date=${day}`);
    const item = page.getByRole("button", { name: /^Tilda Touch/ });
    await item.waitFor();
    const start = async () => Date.parse((await provider.call("GET", `/bookings/${booking.id}`)).start_at);
    return { provider, booking, item, start };
}

journey("a finger scrolls the agenda, and takes a booking once it has rested on it", async ({ page, server }) => {
    const { booking, item, start } = await atDay(page, server);
    await item.scrollIntoViewIfNeeded();
    const hand = await finger(page);
    const ghost = page.locator(".tg-ghost");

    // Without a rest it only scrolls.
    const scrolled = () => page.locator(".tg-scroll").evaluate((grid) => grid.scrollTop + scrollY);
    const before = await scrolled();
    let from = await middle(item);
    await hand.down(from);
    await hand.move({ x: from.x, y: from.y - 120 }, 4);
    await hand.up();
    await eventually("the page to scroll", async () => (await scrolled()) !== before);
    assert.equal(await ghost.count(), 0);

    // After a rest it is in the hand; two hours further down, far from the edges, it is put.
    await item.click({ trial: true }); // which waits until nothing moves any more
    await item.evaluate((item) => item.scrollIntoView({ block: "center" }));
    from = await middle(item);
    from.y -= 12; // away from the handle at its end
    const hour = (await page.locator(".tg-column").boundingBox()).height / 24;
    await hand.down(from);
    await ghost.first().waitFor();
    await hand.move({ x: from.x, y: from.y + 2 * hour });
    await hand.up();
    await page.getByText(/^Now .* The client is told\./).waitFor();
    assert.equal(await start(), Date.parse(booking.start_at) + 2 * HOUR);
    await page.getByRole("button", { name: "Undo" }).tap();
    await page.getByText("It is back where it was.").waitFor();
}, PHONE);

journey("what is held at the edge of the agenda scrolls it", async ({ page, server }) => {
    const { booking, item, start } = await atDay(page, server);
    await item.scrollIntoViewIfNeeded();
    const hand = await finger(page);
    const grid = page.locator(".tg-scroll");
    const top = () => grid.evaluate((grid) => grid.scrollTop);
    const before = await top();
    const box = await grid.boundingBox();
    const from = await middle(item);
    await hand.down(from);
    await page.locator(".tg-ghost").first().waitFor();
    await hand.move({ x: from.x, y: Math.min(box.y + box.height, PHONE.viewport.height) - 10 });
    await eventually("the grid to scroll", async () => (await top()) > before + 150);
    await hand.up();
    await page.getByText(/^Now .* The client is told\./).waitFor();
    assert.ok((await start()) > Date.parse(booking.start_at) + 2 * HOUR, "it went further than the screen was tall");
}, PHONE);

journey("what is short has no handle for fingers; its length is set in the drawer", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Short Visits" });
    const { day, eight } = someDay();
    const booking = await bookThrough(server, provider, { start_at: eight, name: "Shorty" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=day&date=${day}`);
    const item = page.getByRole("button", { name: /^Shorty/ });
    await item.waitFor();
    assert.ok(!(await page.locator(".tg-grip").isVisible()));
    await item.tap();
    const drawer = page.getByRole("dialog", { name: "Shorty" });
    await drawer.getByRole("button", { name: "Change time" }).tap();
    const until = drawer.getByLabel("Until");
    const [hour, minute] = (await until.inputValue()).split(":");
    await until.fill(`${hour}:${Number(minute) + 15}`);
    await until.press("Enter");
    await page.getByText(/^Now .* The client is told\./).waitFor();
    const now = await provider.call("GET", `/bookings/${booking.id}`);
    assert.equal(Date.parse(now.end_at) - Date.parse(now.start_at), 0.75 * HOUR);
}, PHONE);

/** The list of three services. */
async function atServices(page, server) {
    const provider = await openProvider(server, { name: "Cut and Colour" });
    for (const name of ["Haircut", "Colour"]) {
        await provider.call("POST", `/providers/${provider.id}/services`, { name, duration_minutes: 45, price_minor: 3900 });
    }
    await logIn(page, provider.email, `/dashboard/${provider.id}/services`);
    await page.getByRole("heading", { name: "Haircut" }).waitFor();
    const grip = (name) => page.getByRole("button", { name: new RegExp(`^Move ${name}: drag`) });
    const saved = (names) =>
        eventually(`the order ${names}`, async () => {
            const { items } = await server.json(`/api/v1/providers/${provider.id}/services`);
            return items.map(({ name }) => name).join() === names.join();
        });
    return { grip, saved };
}

journey("services are dragged into another order by mouse, and put back", async ({ page, server }) => {
    const { grip, saved } = await atServices(page, server);
    const [from, to] = [await middle(grip("Consultation")), await middle(grip("Colour"))];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y + 20, { steps: 8 });
    await page.screenshot({ path: "../artifacts/services-dragging.png" });
    await page.mouse.up();
    await saved(["Haircut", "Colour", "Consultation"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await saved(["Consultation", "Haircut", "Colour"]);
});

journey("services on a phone are dragged by finger and changed", async ({ page, server, checkAccessibility }) => {
    const { grip, saved } = await atServices(page, server);
    await checkAccessibility(page);
    await page.screenshot({ path: "../artifacts/services-phone.png", fullPage: true });
    const hand = await finger(page);
    const [from, to] = [await middle(grip("Haircut")), await middle(grip("Consultation"))];
    await hand.down(from);
    await hand.move({ x: to.x, y: to.y - 20 });
    await hand.up();
    await saved(["Haircut", "Consultation", "Colour"]);
    await page.getByRole("button", { name: "Move Colour up" }).tap();
    await saved(["Haircut", "Colour", "Consultation"]);
    await page.getByRole("link", { name: "Edit Colour" }).tap();
    await page.getByLabel("Name", { exact: true }).fill("Full colour");
    await page.screenshot({ path: "../artifacts/service-edit-phone.png", fullPage: true });
    await page.getByRole("button", { name: "Save", exact: true }).tap();
    await page.getByRole("heading", { name: "Full colour" }).waitFor();
}, PHONE);

journey("a phone books, moves and cancels by finger", async ({ page, server, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Pocket Practice" });
    await register(page, { name: "Paula Phone", email: newAddress("paula") });
    await page.goto(`/p/${provider.slug}`);
    await page.getByText("Around the clock").first().waitFor();
    await page.getByRole("link", { name: "More times for Consultation" }).tap();
    await (await timesOfALaterDay(page)).first().tap();
    await page.getByRole("heading", { name: "Your details" }).waitFor();
    await page.screenshot({ path: "../artifacts/details-phone.png", fullPage: true });
    await page.getByRole("button", { name: "Book", exact: true }).tap();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    await page.goto("/bookings");
    await page.getByRole("link", { name: "Consultation" }).tap();
    await page.getByRole("button", { name: "Move", exact: true }).tap();
    const times = await timesOfALaterDay(page);
    const wanted = await times.nth(3).textContent();
    await times.nth(3).tap();
    await page.getByRole("button", { name: "Move booking" }).tap();
    await page.getByText(`${wanted}–`).first().waitFor();
    await checkAccessibility(page);
    await page.screenshot({ path: "../artifacts/booking-phone.png", fullPage: true });
    await page.getByRole("button", { name: "Cancel booking" }).tap();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel booking" }).tap();
    await page.getByText("You cancelled this booking.").waitFor();
}, PHONE);
