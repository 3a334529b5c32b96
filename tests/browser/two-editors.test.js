// Two windows on the same page of a provider: neither takes back what the other saved.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { logIn, openProvider } from "./support/people.js";

const save = (page) => page.locator("form.card").getByRole("button", { name: "Save", exact: true }).click();

journey("a profile saved in two tabs keeps what each has changed", async ({ page, server, checkAccessibility, photograph }) => {
    const provider = await openProvider(server, { name: "Two Tabs" });
    const path = `/dashboard/${provider.id}/profile`;
    await logIn(page, provider.email, path);
    const other = await page.context().newPage();
    await other.goto(path);
    await other.getByLabel("In one line").waitFor();

    // What is typed stays as it was begun, so that the server is asked.
    await other.getByLabel("About").fill("For thirty years.");
    await page.getByLabel("In one line").fill("Massages by the lake");
    await page.locator("#city").fill("Potsdam");
    await save(page);
    await page.getByText("Saved.").waitFor();

    await save(other);
    await other.getByText(/It was changed elsewhere in the meantime/).waitFor();
    assert.equal(await other.getByLabel("In one line").inputValue(), "Massages by the lake", "theirs shows");
    assert.equal(await other.locator("#city").inputValue(), "Potsdam");
    assert.equal(await other.getByLabel("About").inputValue(), "For thirty years.", "mine stays");
    await checkAccessibility(other);
    await photograph(other, "two-editors");
    await save(other);
    await other.getByText("Saved.").waitFor();

    const now = await provider.call("GET", `/providers/${provider.id}`);
    assert.deepEqual([now.headline, now.bio, now.address.city], ["Massages by the lake", "For thirty years.", "Potsdam"]);
    assert.equal(now.address.line, provider.address.line, "what nobody changed is as it was");
}, { expectedErrors: [/412/] });

journey("a city that both have typed shows the other's, and so does a zone", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Two Towns" });
    await logIn(page, provider.email, `/dashboard/${provider.id}/profile`);
    const { version } = await provider.call("GET", `/providers/${provider.id}`);
    await page.locator("#city").fill("Meinstadt");
    const elsewhere = { time_zone: "Europe/Lisbon", address: { ...provider.address, city: "Ihrstadt" } };
    await provider.call("PATCH", `/providers/${provider.id}`, elsewhere, version);
    await save(page);
    await page.getByText(/changed to “Ihrstadt” in the meantime/).waitFor();
    assert.equal(await page.locator("#city").inputValue(), "Meinstadt");
    assert.match(await page.locator("#provider-zone").inputValue(), /^Lisbon/, "what only the other has changed shows");
}, { expectedErrors: [/412/] });

journey("what both have changed keeps what was typed and shows the other's", async ({ page, server, checkAccessibility, photograph }) => {
    const provider = await openProvider(server, { name: "Two Minds" });
    await logIn(page, provider.email, `/dashboard/${provider.id}/profile`);
    const { version } = await provider.call("GET", `/providers/${provider.id}`);
    await page.getByLabel("In one line").fill("Mine");
    await page.getByLabel("Category").selectOption("fitness");
    await provider.call("PATCH", `/providers/${provider.id}`, { headline: "Theirs", category: "repair" }, version);
    await save(page);
    await page.getByText(/It was changed elsewhere in the meantime/).waitFor();
    await page.getByText("Elsewhere this was changed to “Theirs” in the meantime. Saving puts yours in its place.").waitFor();
    await page.getByText(/^Elsewhere this was changed to “Repair” in the meantime/).waitFor();
    assert.equal(await page.getByLabel("In one line").inputValue(), "Mine");
    await checkAccessibility(page);
    await photograph(page, "two-minds");
    await save(page);
    await page.getByText("Saved.").waitFor();
    assert.equal((await provider.call("GET", `/providers/${provider.id}`)).headline, "Mine");

    const [service] = (await provider.call("GET", `/providers/${provider.id}/services`)).items;
    await page.goto(`/dashboard/${provider.id}/services/${service.id}`);
    await page.locator("#price").fill("70");
    await page.locator("#duration").fill("90");
    await provider.call("PATCH", `/services/${service.id}`, { price_minor: 6000, duration_minutes: 45 }, service.version);
    await save(page);
    await page.getByText(/changed to “60” in the meantime/).waitFor();
    await page.getByText(/changed to “45 min” in the meantime/).waitFor();
}, { expectedErrors: [/412/] });

journey("a city that is chosen in one of two tabs brings its own zone", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Two Cities" });
    await logIn(page, provider.email, `/dashboard/${provider.id}/profile`);
    const { version } = await provider.call("GET", `/providers/${provider.id}`);

    await page.locator("#city").fill("Paris");
    await page.getByRole("option", { name: /^Paris/ }).first().click();
    const elsewhere = { time_zone: "America/New_York", address: { ...provider.address, city: "New York" } };
    await provider.call("PATCH", `/providers/${provider.id}`, elsewhere, version);
    await save(page);
    await page.getByText(/It was changed elsewhere in the meantime/).waitFor();
    await save(page);
    await page.getByText("Saved.").waitFor();

    const now = await provider.call("GET", `/providers/${provider.id}`);
    assert.deepEqual([now.address.city, now.time_zone], ["Paris", "Europe/Paris"]);
}, { expectedErrors: [/412/] });

journey("hours saved in two tabs keep the days that each has changed", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Two Clocks" });
    const path = `/dashboard/${provider.id}/hours`;
    await logIn(page, provider.email, path);
    await page.getByLabel("Monday from, 1").waitFor();
    const { version, weekly } = await provider.call("GET", `/providers/${provider.id}/schedule`);
    const others = weekly.map((window) => (window.day === "friday" ? { ...window, start: "08:00", end: "12:00" } : window));

    await page.getByLabel("Monday until, 1").fill("15:00");
    await page.getByLabel("Monday from, 1").fill("10:00");
    await provider.call("PUT", `/providers/${provider.id}/schedule/weekly`, { weekly: others }, version);
    await page.getByRole("button", { name: "Save hours" }).click();
    await page.getByText(/The hours were changed in the meantime/).waitFor();
    assert.equal(await page.getByLabel("Friday until, 1").inputValue(), "12:00");
    assert.equal(await page.getByLabel("Monday until, 1").inputValue(), "15:00");
    await page.getByRole("button", { name: "Save hours" }).click();
    await page.getByText("The hours are saved.").waitFor();
    const saved = await provider.call("GET", `/providers/${provider.id}/schedule`);
    const on = (day) => saved.weekly.filter((window) => window.day === day).map(({ start, end }) => `${start}-${end}`);
    assert.deepEqual([on("monday"), on("friday")], [["10:00-15:00"], ["08:00-12:00"]]);
}, { expectedErrors: [/412/] });
