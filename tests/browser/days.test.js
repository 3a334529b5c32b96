// A whole day, moved and called off from the agenda.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { PASSWORD, bookThrough, openProvider } from "./support/people.js";

/** A date that many days ahead in Berlin, as the API writes it. */
function ahead(days) {
    const parts = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Berlin" });
    return parts.format(new Date(Date.now() + days * 86_400_000));
}

/** As the agenda writes it. */
function spoken(date) {
    return new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(date));
}

/** The UTC instant of a wall time in Berlin, on a day without a change of the clock at that hour. */
function berlin(date, time) {
    const guess = new Date(`${date}T${time}:00Z`);
    const shown = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", hourCycle: "h23" }).format(guess);
    const offset = (Number(shown) - Number(time.slice(0, 2)) + 24) % 24;
    return new Date(guess.getTime() - offset * 3_600_000).toISOString();
}

async function atAgenda(page, server, bookings) {
    const provider = await openProvider(server, { name: "Day and Night" });
    for (const { date, time, name } of bookings) {
        await server.json("/api/v1/bookings", {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({
                service_id: provider.service.id,
                start_at: berlin(date, time),
                client: { name, email: `${name.toLowerCase()}-${provider.id.slice(0, 8)}@example.org` },
            }),
        });
    }
    await page.goto(`/login?next=${encodeURIComponent(`/dashboard/${provider.id}?view=list`)}`);
    await page.getByLabel("E-mail").fill(provider.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    return provider;
}

const open = (page, date) => page.getByRole("button", { name: new RegExp(`^Whole day: cancel or move ${spoken(date).replaceAll(",", ",?")}`) }).first().click();

/** What was pressed is gone with its day, so the focus goes on from the top of the page. */
const focusAtHeading = (page) => page.waitForFunction(() => document.activeElement?.matches("main h1"));

journey("a day moves as far as it fits, and back", async ({ page, server, photograph, checkAccessibility }) => {
    const [first, second] = [ahead(3), ahead(4)];
    const provider = await atAgenda(page, server, [
        { date: first, time: "10:00", name: "Ada" },
        { date: first, time: "11:00", name: "Bob" },
        { date: second, time: "11:00", name: "Cid" },
    ]);
    await open(page, first);
    const dialog = page.getByRole("dialog");
    await dialog.getByText("2 bookings of 2 people.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "day-cancel");
    await dialog.getByRole("radio", { name: "Move" }).check();
    await dialog.getByText("1 booking cannot go there:").waitFor();
    await dialog.getByText("Something else is booked there.").waitFor();
    await photograph(page, "day-move");
    await checkAccessibility(page);
    await dialog.getByLabel("New date").fill(ahead(5));
    await dialog.getByText("All 2 fit.").waitFor();
    await dialog.getByLabel("Message to everyone").fill("The lift is out of order.");
    await dialog.getByRole("button", { name: "Move 2 bookings" }).click();
    await dialog.getByText(/2 bookings moved to/).waitFor();
    await photograph(page, "day-moved");
    await checkAccessibility(page);
    const mail = await server.mail(`ada-${provider.id.slice(0, 8)}@example.org`, /moved/i);
    assert.match(mail.text, /The lift is out of order\./);
    await dialog.getByRole("button", { name: "Move back" }).click();
    await page.getByText("Everything is where it was.").waitFor();
    await page.getByRole("button", { name: new RegExp(`^Whole day: cancel or move ${spoken(first).replaceAll(",", ",?")}`) }).first().waitFor();

    // By minutes, by keyboard.
    await open(page, first);
    await dialog.getByRole("radio", { name: "Move" }).check();
    await dialog.getByRole("radio", { name: "Later" }).check();
    await dialog.getByLabel("By how much").fill("45");
    await dialog.getByText("All 2 fit.").waitFor();
    await dialog.getByRole("button", { name: "Move 2 bookings" }).press("Enter");
    await dialog.getByText("2 bookings moved.").waitFor();
    await dialog.getByRole("button", { name: "Done" }).press("Enter");
    await page.getByText("10:45").first().waitFor();
});

journey("a day is called off, everyone told, and closed", async ({ page, server, photograph, checkAccessibility }) => {
    const date = ahead(3);
    const provider = await atAgenda(page, server, [
        { date, time: "10:00", name: "Ada" },
        { date, time: "14:00", name: "Bob" },
    ]);
    await open(page, date);
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Message to everyone").fill("I am ill. Sorry!");
    await dialog.getByRole("button", { name: "Cancel 2 bookings" }).click();
    await dialog.getByText("2 bookings cancelled.").waitFor();
    await dialog.getByText("No more bookings are taken that day.").waitFor();
    await photograph(page, "day-cancelled");
    await checkAccessibility(page);
    await dialog.getByRole("button", { name: "Done" }).click();
    const mail = await server.mail(`bob-${provider.id.slice(0, 8)}@example.org`, /cancelled/i);
    assert.match(mail.text, /I am ill\. Sorry!/);
    const { exceptions } = await server.json(`/api/v1/providers/${provider.id}/schedule`);
    assert.deepEqual(exceptions.map(({ date, windows }) => [date, windows.length]), [[date, 0]]);
});

journey("what is called off is gone from the list at once, and the result stays to be read", async ({ page, server, photograph }) => {
    const [first, second] = [ahead(3), ahead(4)];
    await atAgenda(page, server, [
        { date: first, time: "10:00", name: "Ada" },
        { date: second, time: "10:00", name: "Bob" },
    ]);
    await open(page, first);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Cancel 1 booking" }).click();
    await page.locator(".agenda-row", { hasText: "Ada" }).waitFor({ state: "detached" });
    await dialog.getByText("1 booking cancelled.").waitFor();
    await photograph(page, "day-cancelled-list", { fullPage: false });
    await dialog.getByRole("button", { name: "Done" }).click();
    await focusAtHeading(page);
    // The last one as well, after which there is no list.
    await open(page, second);
    await dialog.getByRole("radio", { name: "Move" }).check();
    await dialog.getByLabel("New date").fill(ahead(6));
    await dialog.getByRole("button", { name: "Move 1 booking" }).click();
    await page.getByRole("heading", { name: spoken(ahead(6)), includeHidden: true }).waitFor();
    await dialog.getByText(/1 booking moved to/).waitFor();
    await dialog.getByRole("button", { name: "Move back" }).click();
    await open(page, second);
    await dialog.getByRole("button", { name: "Cancel 1 booking" }).click();
    await page.getByText("No bookings yet").waitFor();
    await dialog.getByText("1 booking cancelled.").waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();
    await dialog.waitFor({ state: "hidden" });
    await focusAtHeading(page);
});

journey("what an earlier change left outside the hours is not laid to the day that is called off", async ({ page, server }) => {
    const date = ahead(3);
    const provider = await atAgenda(page, server, [
        { date, time: "10:00", name: "Ada" },
        { date: ahead(5), time: "10:00", name: "Eve" },
    ]);
    const { version } = await provider.call("GET", `/providers/${provider.id}/schedule`);
    const change = await provider.call("PUT", `/providers/${provider.id}/schedule/exceptions/${ahead(5)}`, { windows: [] }, version);
    assert.equal(change.stranded.length, 1);
    await open(page, date);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Cancel 1 booking" }).click();
    await dialog.getByText("No more bookings are taken that day.").waitFor();
    assert.equal(await dialog.getByText(/outside your hours/).count(), 0);
});

journey("nobody is called off or moved unseen", async ({ page, server, photograph }) => {
    const date = ahead(3);
    const provider = await atAgenda(page, server, [{ date, time: "10:00", name: "Ada" }]);
    const late = (time, name) => bookThrough(server, provider, { start_at: berlin(date, time), name });
    await open(page, date);
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Message to everyone").fill("I am ill. Sorry!");
    await late("14:00", "Bob Late");
    await dialog.getByRole("button", { name: "Cancel 1 booking" }).click();
    await dialog.getByText("A booking came or went in the meantime. Nothing was done yet: this is how the day stands now.").waitFor();
    await dialog.getByText("2 bookings of 2 people.").waitFor();
    assert.equal(await dialog.getByLabel("Message to everyone").inputValue(), "I am ill. Sorry!");
    await photograph(page, "day-looked-at-again", { fullPage: false });
    await dialog.getByRole("radio", { name: "Move" }).check();
    await dialog.getByLabel("New date").fill(ahead(6));
    await dialog.getByLabel("Take no more bookings that day").check();
    await late("16:00", "Cid Later");
    await dialog.getByRole("button", { name: "Move 2 bookings" }).click();
    await dialog.getByRole("button", { name: "Move 3 bookings" }).waitFor();
    assert.equal(await dialog.getByLabel("New date").inputValue(), ahead(6));
    assert.ok(await dialog.getByLabel("Take no more bookings that day").isChecked());
    await dialog.getByRole("button", { name: "Move 3 bookings" }).click();
    await dialog.getByText("3 bookings moved").waitFor();
}, { expectedErrors: [/412/] });

journey("a day is moved from the week, in one dialog, to the next day that is open", async ({ page, server, photograph, checkAccessibility }) => {
    // A Friday to come; the days after it are closed.
    const friday = [3, 4, 5, 6, 7, 8, 9].map(ahead).find((date) => new Date(date).getUTCDay() === 5);
    const provider = await atAgenda(page, server, [{ date: friday, time: "10:00", name: "Ada" }]);
    const after = (day) => new Date(Date.parse(friday) + day * 86_400_000).toISOString().slice(0, 10);
    for (const date of [after(1), after(2)]) {
        const { version } = await provider.call("GET", `/providers/${provider.id}/schedule`);
        await provider.call("PUT", `/providers/${provider.id}/schedule/exceptions/${date}`, { windows: [] }, version);
    }
    await page.getByRole("link", { name: "Ada" }).waitFor();
    await page.goto(`/dashboard/${provider.id}?view=week&date=${friday}`);
    await page.getByRole("button", { name: new RegExp(`^More for ${spoken(friday).replaceAll(",", ",?")}`) }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Whole day").waitFor();
    assert.equal(await dialog.getByLabel("From", { exact: true }).count(), 0);
    await checkAccessibility(page);
    await photograph(page, "day-sheet", { fullPage: false });
    await dialog.getByRole("button", { name: "Move the day …" }).click();
    assert.equal(await dialog.getByLabel("New date").inputValue(), after(3));
    assert.equal(await page.locator("dialog[open]").count(), 1);
    await checkAccessibility(page);
    await photograph(page, "day-sheet-move", { fullPage: false });
    await dialog.getByRole("button", { name: "Move 1 booking" }).click();
    await dialog.getByText(/1 booking moved to/).waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: /^Ada/ }).waitFor({ state: "detached" });
});
