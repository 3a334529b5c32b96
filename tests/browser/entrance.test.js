// Two tabs agree on who is logged in: nobody is asked to log in who is in already.

import { journey } from "./support/journey.js";
import { PASSWORD, logIn, newAddress, register } from "./support/people.js";

journey("a log-in in another tab leads this one on", async ({ page, server }) => {
    const email = newAddress("tilda");
    await server.json("/api/v1/auth/register", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: "Tilda Twice", email, password: PASSWORD }),
    });
    await page.goto("/login?next=/bookings");
    await page.getByLabel("E-mail").waitFor();
    const other = await page.context().newPage();
    await logIn(other, email, "/account");
    await page.waitForURL(/\/bookings$/);
    await page.getByRole("heading", { level: 1 }).waitFor();
});

journey("who is logged in is led past the forms", async ({ page }) => {
    await register(page, { name: "Ines Inside", email: newAddress("ines") });
    await page.goto("/login?next=/account");
    await page.waitForURL(/\/account$/);
    await page.goto("/register");
    await page.waitForURL((url) => url.pathname !== "/register");
});
