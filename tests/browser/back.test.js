// Ways back: from a lost connection, from beyond the horizon, from a file that is no photo.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { logIn, openProvider, shownTimes } from "./support/people.js";

// What the page asks for in vain, its own parts among it, stands on the console.
const OFFLINE = { expectedErrors: [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/, /did not come/] };

/** The page says that there is no connection; with it, the page comes by itself. */
async function comesBack(page, go, arrived) {
    await page.context().setOffline(true);
    await page.getByText("You are offline.").first().waitFor();
    await go();
    await page.getByRole("heading", { name: "You are offline" }).waitFor();
    await page.context().setOffline(false);
    await arrived.waitFor();
    assert.equal(await page.getByRole("heading", { name: "You are offline" }).count(), 0);
}

journey("a provider's page comes once the connection is back", async ({ page, server }) => {
    const [near, far] = [await openProvider(server, { name: "Reach Near" }), await openProvider(server, { name: "Reach Far" })];
    await page.goto("/?q=Reach");
    const open = (provider) => page.getByRole("link", { name: provider.name, exact: true }).click();
    await open(near);
    await page.getByRole("heading", { name: "Reach Near", level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: "Reach Far", exact: true }).waitFor();
    await comesBack(page, () => open(far), page.getByRole("link", { name: /^Book Consultation/ }));
    await page.getByRole("heading", { name: "Reach Far", level: 1 }).waitFor();
}, OFFLINE);

journey("the times come once the connection is back", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Reach Times", service: { name: "First" } });
    const other = await provider.call("POST", `/providers/${provider.id}/services`, { name: "Second", duration_minutes: 45 });
    await page.goto(provider.path);
    await shownTimes(page);
    await page.goto(`/p/${provider.slug}`);
    const more = page.getByRole("link", { name: /^More times for Second/ });
    await more.waitFor();
    // The part of the program is here already; only what it asks the server for is lost.
    await page.getByRole("link", { name: /^More times for First/ }).click();
    await shownTimes(page);
    await page.goBack();
    await more.waitFor();
    await comesBack(page, () => more.click(), page.locator("#times").getByRole("button", { name: /^\d\d:\d\d/ }).first());
    assert.match(page.url(), new RegExp(other.id));
}, OFFLINE);

journey("the hours come once the connection is back", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Reach Hours" });
    await logIn(page, provider.email, `/dashboard/${provider.id}/services/${provider.service.id}`);
    await page.getByLabel("Name", { exact: true }).waitFor();
    const hours = page.getByRole("link", { name: "Hours", exact: true });
    await comesBack(page, () => hours.click(), page.getByRole("heading", { name: "Hours", level: 1 }));
    await page.waitForFunction(() => !document.querySelector(".skeleton"));
    assert.match(page.url(), /\/hours$/);
}, OFFLINE);

journey("whoever looks beyond the horizon finds the way back", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Short Sight", service: { horizon_days: 5 } });
    const beyond = new Date(Date.now() + 120 * 86_400_000).toISOString().slice(0, 10);
    await page.goto(`${provider.path}?date=${beyond}`);
    const back = page.locator("#times").getByRole("button").first();
    await back.waitFor();
    assert.equal(await page.getByRole("button", { name: /, \d+ free times?$/ }).count(), 0);
    await checkAccessibility(page);
    await photograph(page, "picker-beyond-horizon");
    await back.click();
    await shownTimes(page);
    const date = new URL(page.url()).searchParams.get("date");
    assert.ok(!date || date < beyond, page.url());
});

journey("a drawing that is a program is no photo, and that is said at once", async ({ page, server, photograph }) => {
    const provider = await openProvider(server, { name: "No Drawings" });
    await logIn(page, provider.email, `/dashboard/${provider.id}/profile`);
    await page.getByRole("region", { name: "Photo" }).waitFor();
    const sent = [];
    page.on("request", (request) => request.method() === "PUT" && sent.push(request.url()));
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800"><rect width="800" height="800"/></svg>';
    for (const [name, mimeType] of [["me.svg", "image/svg+xml"], ["me.png", "image/png"]]) {
        await page.locator("input[type=file]").setInputFiles({ name, mimeType, buffer: Buffer.from(drawing) });
        await page.getByText(/This file is not a picture.*JPEG, PNG or WebP/).waitFor();
        if (mimeType === "image/svg+xml") await photograph(page, "photo-svg-refused");
        await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    }
    assert.deepEqual(sent, [], "nothing is sent");
    assert.equal((await provider.call("GET", `/providers/${provider.id}`)).has_photo, false);
});

journey("back takes back a search, a choice of trade and nothing else", async ({ page, server }) => {
    await openProvider(server, { name: "Backward Yoga" });
    await page.goto("/");
    const field = page.locator("#what");
    await field.fill("Backward");
    await field.press("Enter");
    await page.getByRole("link", { name: "Backward Yoga", exact: true }).waitFor();
    await page.waitForURL(/q=Backward/);
    // Sent again, it is no further step.
    await field.press("Enter");
    await page.goBack();
    await page.waitForURL((url) => url.pathname === "/" && url.search === "");
    await page.waitForFunction(() => document.querySelector("#what").value === "");
});
