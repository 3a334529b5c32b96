// The main job: a provider opens, a customer books, nobody else gets the time, and plans change.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { fillDetails, newAddress, openProvider, register, shownTimes, timesOfALaterDay } from "./support/people.js";

journey("a provider registers, sets hours and publishes; a customer books; a second one no longer sees the time", async ({ page: provider, server, visitor, photograph, checkAccessibility }) => {
    const name = "Studio Birch";
    await register(provider, { name: "Nora Birch", email: newAddress("nora") }, "/dashboard");

    await provider.getByRole("heading", { name: "Make your page" }).waitFor();
    await provider.getByLabel("Name", { exact: true }).fill(name);
    await provider.getByRole("radio", { name: "Health" }).check();
    await provider.getByRole("combobox", { name: "City" }).fill("Berl");
    await provider.getByRole("option", { name: "Berlin Germany" }).click();
    await provider.getByRole("button", { name: "Continue" }).click();
    await provider.getByRole("button", { name: "Something else" }).click();
    await provider.getByLabel("Name", { exact: true }).fill("Back massage");
    await provider.getByLabel(/^Price in/).fill("60.50");
    await provider.getByRole("button", { name: "Continue" }).click();
    await provider.getByRole("radio", { name: /^Around the clock/ }).check();
    await provider.getByRole("button", { name: "Continue" }).click();
    await provider.getByRole("button", { name: "Publish" }).click();
    await provider.getByRole("heading", { name: "Your page is published" }).waitFor();

    const customer = await visitor();
    await customer.goto("/");
    await customer.getByLabel("What").fill("Birch");
    await customer.getByRole("button", { name: "Search" }).click();
    await customer.getByRole("link", { name, exact: true }).click();
    await customer.getByRole("heading", { name, level: 1 }).waitFor();
    await customer.getByText("€60.50", { exact: true }).waitFor();
    await checkAccessibility(customer);
    await photograph(customer, "provider");
    await customer.getByRole("link", { name: "More times for Back massage" }).click();
    const times = await timesOfALaterDay(customer);
    await checkAccessibility(customer);
    await photograph(customer, "picker");
    const [time, address] = [await times.first().textContent(), customer.url()];
    await times.first().click();

    const email = newAddress("grace");
    await fillDetails(customer, { name: "Grace Hopper", email, notes: "My left shoulder." });
    await checkAccessibility(customer);
    await photograph(customer, "details");
    await customer.getByRole("button", { name: "Book", exact: true }).click();
    await customer.getByRole("heading", { name: "You are booked" }).waitFor();
    await checkAccessibility(customer);
    await photograph(customer, "booked");

    const second = await visitor();
    await second.goto(address);
    const left = await shownTimes(second);
    assert.ok(!(await left.allTextContents()).includes(time), `${time} is gone for others`);

    await provider.getByRole("link", { name: "To the agenda" }).click();
    await provider.getByRole("heading", { name: "Agenda", level: 1 }).waitFor();
    await provider.keyboard.press("l");
    await provider.getByRole("link", { name: "Grace Hopper" }).waitFor();
    await provider.getByText("My left shoulder.").waitFor();
    await checkAccessibility(provider);
    await photograph(provider, "agenda");
    assert.ok(await server.mail(email));
});

journey("a guest moves and cancels by the link in the mail", async ({ page, server, photograph, checkAccessibility }) => {
    // Times begin more often than bookings are long, so that a booking stands in the way of its neighbours.
    const provider = await openProvider(server, { name: "Moving House", service: { duration_minutes: 60, slot_step_minutes: 15 } });
    const email = newAddress("guest");
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await fillDetails(page, { name: "Ada Lovelace", email });
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();

    const mail = await server.mail(email);
    const link = mail.text.match(/http\S+\/manage\/\S+#\S+/)[0];
    await page.goto("about:blank");
    await page.goto(link);
    await page.getByText("Confirmed").waitFor();
    await checkAccessibility(page);
    await photograph(page, "manage");

    const { items: [booking] } = await provider.call("GET", `/providers/${provider.id}/bookings`);
    const time = (at) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", minute: "2-digit" }).format(at);
    const begins = new Date(booking.start_at);
    // Half of it is taken by the booking itself, and by nothing else.
    const wanted = time(new Date(begins.getTime() + 30 * 60_000));
    const { days } = await server.json(`/api/v1/services/${provider.service.id}/slots?from=${booking.start_at.slice(0, 10)}&to=${booking.start_at.slice(0, 10)}`);
    const offered = days.flatMap((day) => day.slots.map((slot) => time(new Date(slot.start_at))));
    assert.ok(!offered.includes(wanted) && !offered.includes(time(begins)), "nobody else is offered it");
    await page.getByRole("button", { name: "Move" }).click();
    const times = await timesOfALaterDay(page);
    const own = times.filter({ hasText: new RegExp(`^${wanted}$`) });
    assert.equal(await own.count(), 1, "the booking itself may take it");
    await own.click();
    await page.getByRole("button", { name: "Move booking" }).click();
    await page.locator(".booking-facts .done-when", { hasText: `${wanted}–` }).waitFor();
    const { items: [moved] } = await provider.call("GET", `/providers/${provider.id}/bookings`);
    assert.equal(new Date(moved.start_at) - begins, 30 * 60_000);

    await page.getByRole("button", { name: "Cancel booking" }).click();
    await page.getByLabel("Reason").fill("I caught a cold.");
    await page.getByRole("dialog").getByRole("button", { name: "Cancel booking" }).click();
    await page.getByText("You cancelled this booking.").waitFor();
    await page.getByText("History").click();
    await page.getByText("Moved by you").waitFor();
    await checkAccessibility(page);
});

journey("a link that is cut off offers to mail fresh ones", async ({ page, server }) => {
    const email = newAddress("lost");
    await page.goto("/manage/00000000-0000-7000-8000-000000000000#nothing");
    await page.getByRole("link", { name: "Mail me my links" }).click();
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Mail me my links" }).click();
    await page.getByText("the links are on their way").waitFor();
}, { expectedErrors: [/40[0-9]/] });
