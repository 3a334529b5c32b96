// Services put in order: by keys and by buttons.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { PASSWORD, openProvider } from "./support/people.js";

/** At the list of three services. */
async function atServices(page, server) {
    const provider = await openProvider(server, { name: "Cut and Colour" });
    const login = JSON.stringify({ email: provider.email, password: PASSWORD });
    const json = { "content-type": "application/json" };
    const session = await server.json("/api/v1/auth/login", { method: "POST", headers: json, body: login });
    for (const name of ["Haircut", "Colour"]) {
        await server.json(`/api/v1/providers/${provider.id}/services`, {
            method: "POST",
            headers: { ...json, authorization: `Bearer ${session.access_token}` },
            body: JSON.stringify({ name, duration_minutes: 45, price_minor: 3900 }),
        });
    }
    await page.goto(`/login?next=${encodeURIComponent(`/dashboard/${provider.id}/services`)}`);
    await page.getByLabel("E-mail").fill(provider.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { name: "Haircut" }).waitFor();
    return provider;
}

const shown = (page) => page.locator(".service-row h2").allTextContents();

async function saved(server, provider, names) {
    await eventually(`the order ${names}`, async () => {
        const { items } = await server.json(`/api/v1/providers/${provider.id}/services`);
        return items.map(({ name }) => name).join() === names.join();
    });
}

journey("services are put in order by keyboard, and said", async ({ page, server }) => {
    const provider = await atServices(page, server);
    await page.getByRole("link", { name: "Edit Haircut" }).focus();
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByText("Haircut is number 1 of 3.").waitFor({ state: "attached" });
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByRole("button", { name: /^Move Consultation: drag/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByText("Consultation is number 3 of 3.").waitFor({ state: "attached" });
    assert.deepEqual(await shown(page), ["Haircut", "Colour", "Consultation"]);
    const kept = page.getByRole("button", { name: /^Move Consultation: drag/ });
    await eventually("the focus stays", () => kept.evaluate((button) => button === document.activeElement));
    await saved(server, provider, ["Haircut", "Colour", "Consultation"]);
});

journey(
    "an order that meets another shows how things stand",
    async ({ page, server, visitor }) => {
        const provider = await atServices(page, server);
        const other = await visitor();
        await other.goto(`/login?next=${encodeURIComponent(`/dashboard/${provider.id}/services`)}`);
        await other.getByLabel("E-mail").fill(provider.email);
        await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
        await other.getByRole("button", { name: "Log in" }).click();
        await other.getByRole("button", { name: "Move Colour up" }).click();
        await saved(server, provider, ["Consultation", "Colour", "Haircut"]);
        await page.getByRole("button", { name: "Move Haircut up" }).click();
        await page.getByText("The list was changed elsewhere.").waitFor();
        await eventually("the other's order", async () => (await shown(page)).join() === "Consultation,Colour,Haircut");
    },
    { expectedErrors: [/412/] },
);

journey("each press counts, however quick", async ({ page, server }) => {
    const provider = await atServices(page, server);
    const grip = page.getByRole("button", { name: /^Move Consultation: drag/ });
    await grip.focus();
    // Without a pause between them, as fast as a key that is held down.
    await Promise.all(["ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown"].map((key) => page.keyboard.press(key)));
    await saved(server, provider, ["Haircut", "Colour", "Consultation"]);
    assert.deepEqual(await shown(page), ["Haircut", "Colour", "Consultation"]);
    await eventually("the focus stays", () => grip.evaluate((button) => button === document.activeElement));
});

journey("an order is taken back also where a service was archived since", async ({ page, server }) => {
    const provider = await atServices(page, server);
    await page.getByRole("button", { name: "Move Colour up" }).click();
    await page.getByText("The order is saved.").waitFor();
    const row = page.locator(".service-row").filter({ has: page.getByRole("heading", { name: "Haircut" }) });
    await row.getByRole("button", { name: "Archive" }).click();
    await saved(server, provider, ["Consultation", "Colour"]);
    await page.getByRole("heading", { name: "Archived" }).waitFor();
    // Colour was last; with Haircut away the order is as it was already, so another move is the one to take back.
    await page.getByRole("button", { name: "Move Colour up" }).click();
    await saved(server, provider, ["Colour", "Consultation"]);
    const again = row.getByRole("button", { name: "Offer again" });
    assert.ok((await again.boundingBox()).height < 48, "one line");
    await again.click();
    await eventually("three rows that move", async () => (await page.getByRole("button", { name: /^Move .* up$/ }).count()) === 3);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("The order is as it was.").waitFor();
    const { items } = await server.json(`/api/v1/providers/${provider.id}/services`);
    assert.deepEqual(items.map(({ name }) => name).filter((name) => name !== "Haircut"), ["Consultation", "Colour"]);
    assert.equal(items.length, 3);
});

journey("an order that waits is saved before what was moved is archived", async ({ page, server }) => {
    const provider = await atServices(page, server);
    await page.getByRole("button", { name: /^Move Colour: drag/ }).focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    const row = page.locator(".service-row").filter({ has: page.getByRole("heading", { name: "Haircut" }) });
    await row.getByRole("button", { name: "Archive" }).click();
    await saved(server, provider, ["Colour", "Consultation"]);
    await page.getByText("The order is saved.").waitFor();
    assert.equal(await page.getByText("changed elsewhere").count(), 0);
    await row.getByRole("button", { name: "Offer again" }).waitFor();
    // What was moved is another version by then, and is archived as well.
    await page.getByRole("button", { name: "Move Consultation up" }).click();
    const moved = page.locator(".service-row").filter({ has: page.getByRole("heading", { name: "Consultation" }) });
    await moved.getByRole("button", { name: "Archive" }).click();
    await saved(server, provider, ["Colour"]);
});

journey("who moves a service and reloads at once finds it moved", async ({ page, server }) => {
    const provider = await atServices(page, server);
    await page.getByRole("button", { name: /^Move Consultation: drag/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByText("Consultation is number 2 of 3.").waitFor({ state: "attached" });
    await page.reload();
    await saved(server, provider, ["Haircut", "Consultation", "Colour"]);
});
