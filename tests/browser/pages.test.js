// Every page, as it stands with the demo data: nobody is kept out, and a picture of each.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";

const DEMO_PASSWORD = "calm-lantern-42";

async function logIn(page, email, next) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname.startsWith(next));
}

journey("the desk keeps nobody out", async ({ page, photograph, checkAccessibility }) => {
    await logIn(page, "provider@appointed.example", "/dashboard");
    await page.getByRole("heading", { name: "Agenda" }).waitFor({ state: "attached" });
    for (const [link, heading] of [["Services", "Services"], ["Hours", "Hours"], ["Profile", "Profile"], ["Book for a client", "Book for a client"], ["Agenda", "Agenda"]]) {
        await page.getByRole("link", { name: link, exact: true }).click();
        await page.getByRole("heading", { name: heading, level: 1 }).waitFor({ state: "attached" });
        assert.match(await page.title(), new RegExp(`^${heading} · `));
        await page.waitForFunction(() => !document.querySelector(".skeleton"));
        await checkAccessibility(page);
        await photograph(page, `desk-${link.toLowerCase().replaceAll(" ", "-")}`);
    }
    await page.getByRole("link", { name: "Services", exact: true }).click();
    await page.getByRole("link", { name: "Add a service" }).click();
    await page.getByRole("button", { name: "Add service" }).click();
    await page.getByText("Please fill this in.").first().waitFor();
    await checkAccessibility(page);
    await photograph(page, "desk-new-service");
});

journey("dates that differ from the week and time off come and go", async ({ page, photograph, checkAccessibility }) => {
    await logIn(page, "provider@appointed.example", "/dashboard");
    await page.getByRole("link", { name: "Hours", exact: true }).click();

    const year = new Date().getFullYear() + 1;
    await page.getByRole("button", { name: "Add a date" }).click();
    await page.getByLabel("First day").fill(`${year}-07-07`);
    await page.getByRole("radio", { name: "Other hours" }).check();
    await checkAccessibility(page);
    await photograph(page, "desk-date");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: new RegExp(`^Remove .*7 July ${year}`) }).click();
    await page.getByText("follows the week again").waitFor();

    await page.getByRole("button", { name: "Take time off" }).click();
    await page.getByLabel("First day").fill(`${year}-08-02`);
    await page.getByLabel("Last day").fill(`${year}-08-01`);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("The end must come after the start.").waitFor();
    await page.getByLabel("Last day").fill(`${year}-08-09`);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: new RegExp(`^Remove time off .*2 August ${year} – .*9 August ${year}`) }).click();
    await page.getByText("The time off is removed.").waitFor();
});

journey("without a network the page says so, and comes once it is back", async ({ page, checkAccessibility }) => {
    await page.goto("/");
    const health = page.getByRole("link", { name: "Health" });
    await health.waitFor();
    await page.context().setOffline(true);
    await page.getByText("You are offline.").first().waitFor();
    await health.click();
    await page.getByRole("heading", { name: "You are offline" }).waitFor();
    await checkAccessibility(page);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "You are offline" }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole("heading", { name: "Health" }).waitFor();
    await page.getByRole("link", { name: "All times" }).first().waitFor();
}, { expectedErrors: [/ERR_INTERNET_DISCONNECTED/] });
