import assert from "node:assert/strict";

import { journey } from "./support/journey.js";

journey("the home page renders", async ({ page, photograph, checkAccessibility }) => {
    await page.goto("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.match(await page.title(), /Appointed/);
    await checkAccessibility(page);
    await photograph(page, "home");
});

journey("an address inside the app can be opened directly", async ({ page }) => {
    const answer = await page.goto("/no/such/page");
    assert.equal(answer.status(), 200);
    await page.getByRole("heading", { name: "There is no such page", level: 1 }).waitFor();
});
