// Where logging in leads whoever was not on the way to a page.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { PASSWORD, newAddress, openProvider } from "./support/people.js";

/** Logs in from the home page, on the way to nowhere. */
async function logIn(page, email) {
    await page.goto("/");
    await page.getByRole("link", { name: "Log in" }).click();
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname !== "/login");
}

journey("logging in leads providers to their agenda", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Morning Person" });
    await logIn(page, provider.email);
    await page.getByRole("heading", { name: "Agenda" }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/dashboard/${provider.id}`);
});

journey("logging in leads on with a page that is not finished, and who has several to the first of them", async ({ server, visitor }) => {
    const email = newAddress("beginner");
    const post = (path, body, session) =>
        server.json(`/api/v1${path}`, {
            method: "POST",
            headers: { "content-type": "application/json", ...(session && { authorization: `Bearer ${session.access_token}` }) },
            body: JSON.stringify(body),
        });
    const session = await post("/auth/register", { name: "Bea", email, password: PASSWORD, time_zone: "Europe/Berlin" });
    const page = (name) => ({ name, category: "craft", time_zone: "Europe/Berlin", currency: "EUR" });
    const second = await post("/providers", page("Weaving"), session);

    const once = await visitor();
    await logIn(once, email);
    await once.waitForURL((url) => url.pathname === `/dashboard/${second.id}/welcome/service`);

    const first = await post("/providers", page("Pottery"), session);
    const again = await visitor();
    await logIn(again, email);
    await again.waitForURL((url) => url.pathname === `/dashboard/${first.id}/welcome/service`);
});
