// What happens rarely, and must not hurt.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { PASSWORD, bookThrough, fillDetails, newAddress, openProvider, shownTimes, timesOfALaterDay } from "./support/people.js";

/** Logs a provider in, on the way to one of its pages. */
async function enter(page, provider, below) {
    await page.goto(`/login?next=${encodeURIComponent(`/dashboard/${provider.id}${below}`)}`);
    await page.getByLabel("E-mail").fill(provider.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
}

/** The free times of the coming days. */
async function freeTimes(server, provider) {
    const date = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const { days } = await server.json(`/api/v1/services/${provider.service.id}/slots?from=${date(1)}&to=${date(7)}`);
    return days.flatMap((day) => day.slots.map((slot) => slot.start_at));
}

journey("a zone that no browser knows is passed over", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Mapmakers" });
    await page.goto(`${provider.path}?zone=Europe/Kiyv`);
    await shownTimes(page);
    assert.match(await page.getByLabel("Times in").inputValue(), /^Berlin/);
});

journey("whoever hid a page books for clients all the same", async ({ page, server, photograph }) => {
    const provider = await openProvider(server, { name: "Behind the Curtain" });
    const { version } = await provider.call("GET", `/providers/${provider.id}`);
    await provider.call("POST", `/providers/${provider.id}/unpublish`, undefined, version);
    await enter(page, provider, `/book?service=${provider.service.id}`);
    await (await timesOfALaterDay(page)).first().click();
    await page.getByLabel("Name").fill("Ada Lovelace");
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByText(/^Booked: Ada Lovelace/).waitFor();
    await photograph(page, "booked-for-client");
});

journey("what others book leaves open what is open on the agenda", async ({ page, server, photograph }) => {
    const provider = await openProvider(server, { name: "Open Drawers" });
    const times = await freeTimes(server, provider);
    const [first, second] = [times.at(-1), times[0]];
    await bookThrough(server, provider, { start_at: first, name: "Ada Lovelace" });
    const stream = page.waitForResponse((response) => /providers\/[^/]+\/events$/.test(response.url()));
    await enter(page, provider, "?view=list");
    await stream;
    await page.getByRole("link", { name: "Ada Lovelace" }).waitFor();

    // The whole day is called off: its result stays to be read, whatever else happens.
    await page.getByRole("button", { name: /^Whole day/ }).click();
    const dialog = page.getByRole("dialog", { name: /day/ });
    await dialog.getByLabel("Message to everyone").fill("I am ill.");
    await dialog.getByRole("button", { name: "Cancel 1 booking" }).click();
    await dialog.getByText("1 booking cancelled.").waitFor();
    const events = page.waitForEvent("response", (response) => /bookings[?]/.test(response.url())).catch(() => {});
    await bookThrough(server, provider, { start_at: second, name: "Grace Hopper" });
    await page.waitForFunction(() => document.querySelector("dialog[open] .day-done"));
    await photograph(page, "day-called-off");
    await dialog.getByRole("button", { name: "Done" }).click();
    await events;
    await page.getByRole("link", { name: "Grace Hopper" }).waitFor();
    assert.equal(await page.getByRole("link", { name: "Ada Lovelace" }).count(), 0);
});

journey("a service that somebody else changed meanwhile is saved all the same", async ({ page, server, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Two Editors" });
    await enter(page, provider, `/services/${provider.service.id}`);
    await page.getByLabel("Name", { exact: true }).fill("Long consultation");
    await provider.call("PATCH", `/services/${provider.service.id}`, { price_minor: 5000 }, provider.service.version);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(/It was changed elsewhere in the meantime/).waitFor();
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Long consultation");
    assert.equal(await page.getByLabel(/^Price/).inputValue(), "50", "what was not changed here is as it stands now");
    await checkAccessibility(page);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForURL(/\/services$/);
    const saved = await provider.call("GET", `/services/${provider.service.id}`);
    assert.deepEqual([saved.name, saved.price_minor], ["Long consultation", 5000], "neither has lost anything");
}, { expectedErrors: [/412/] });

journey("a date that is typed acts once it is whole", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Slow Typists" });
    await enter(page, provider, "?view=list");
    const field = page.getByLabel("Go to a date");
    await field.waitFor();
    const year = new Date().getFullYear() + 1;
    await field.focus();
    await field.pressSequentially(`0506${year}`);
    assert.match(await field.inputValue(), new RegExp(`^${year}-0[56]-0[56]$`));
    assert.doesNotMatch(page.url(), /date=/, "nothing before it is whole");
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`date=${year}-0[56]-0[56]`));
    // What nobody means does nothing.
    await field.fill("0202-05-06");
    assert.doesNotMatch(page.url(), /0202/);
});
