import assert from "node:assert/strict";

import { journey } from "./support/journey.js";

journey("the home page renders", async ({ page, photograph, checkAccessibility }) => {
    await page.goto("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.match(await page.title(), /Appointed/);
    await checkAccessibility(page);
    await photograph(page, "home");
});

journey("an address where nothing is says so", async ({ page }) => {
    const answer = await page.goto("/no/such/page");
    assert.equal(answer.status(), 404);
    await page.getByRole("heading", { name: "There is no such page", level: 1 }).waitFor();
}, { expectedErrors: [/404/] });

journey("from one empty list to another, the way on is that of the list in view", async ({ page }) => {
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await page.goto(`/?q=nothing-like-it&category=fitness&date=${day}`);
    await page.getByRole("heading", { name: /^Nobody is free on/ }).waitFor();
    await page.getByRole("link", { name: "Show every day" }).click();
    await page.waitForURL((url) => !url.searchParams.has("date"));
    await page.getByRole("heading", { name: "No one matches that yet" }).waitFor();
    assert.equal(await page.getByRole("heading", { name: /^Nobody is free on/ }).count(), 0);
    await page.goBack();
    await page.getByRole("heading", { name: /^Nobody is free on/ }).waitFor();
});

journey("what is asked besides the city is told from it in German too", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByLabel("Wo es stattfindet").selectOption({ label: "Online" });
    await page.waitForURL((url) => url.searchParams.get("location") === "online");
    assert.equal(await page.getByLabel("Ort", { exact: true }).count(), 0);
}, { locale: "de-DE" });
