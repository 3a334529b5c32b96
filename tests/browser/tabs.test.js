// Two tabs agree, and nothing that was typed is lost: not by a session that ends, not by a wrong click.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { PASSWORD, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

journey("what one tab changes shows in the other", async ({ page }) => {
    await page.goto("/");
    const other = await page.context().newPage();
    await other.goto("/");
    await other.getByRole("link", { name: "Log in" }).waitFor();

    await register(page, { name: "Twin Tab", email: newAddress("twin") });
    await other.getByRole("link", { name: "Account" }).waitFor();
    await other.goto("/account");
    await other.getByRole("heading", { name: "Account", exact: true }).waitFor();

    await page.getByRole("radio", { name: "Dark" }).check({ force: true });
    await other.locator("html[data-theme=dark]").waitFor();
    assert.ok(await other.getByRole("radio", { name: "Dark" }).isChecked());
    await page.getByRole("button", { name: "Deutsch" }).click();
    await other.getByRole("heading", { name: "Konto", exact: true }).waitFor();
    await other.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Account", exact: true }).waitFor();
    await other.getByRole("heading", { name: "Account", exact: true }).waitFor();

    await page.getByRole("button", { name: "Log out", exact: true }).click();
    await page.getByRole("link", { name: "Log in" }).waitFor();
    await other.getByRole("heading", { name: "Log in" }).waitFor();
});

journey("a session that ends in the middle of a form costs nothing that was typed", async ({ page, checkAccessibility, photograph }) => {
    const email = newAddress("slow");
    await register(page, { name: "Slow Writer", email });
    await page.getByLabel("Name").fill("Slow but Sure");
    await endSession(page);
    await page.getByRole("button", { name: "Save" }).click();
    const dialog = page.getByRole("dialog", { name: "Please log in again" });
    await dialog.getByText(email).waitFor();
    await checkAccessibility(page);
    await photograph(page, "log-in-again");
    await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Log in" }).click();
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await page.getByLabel("Name").inputValue(), "Slow but Sure");
    await page.locator(".request-id:visible").waitFor({ state: "detached" });
    await page.locator(".form-message:visible").waitFor({ state: "detached" });
    // What was pressed goes through by itself.
    await page.getByText("Saved.").waitFor();
}, { expectedErrors: [/401/] });

journey("a detour to log in keeps the details of a booking", async ({ page, server, visitor }) => {
    const provider = await openProvider(server, { name: "Detour Dental" });
    const email = newAddress("detour");
    const before = await visitor();
    await register(before, { name: "Dora Detour", email });

    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await page.getByLabel("Name").fill("Dora D.");
    await page.getByLabel("Anything we should know").fill("Allergic to latex.");
    await page.getByRole("link", { name: "Have an account? Log in" }).click();
    await page.getByRole("heading", { name: "Log in" }).waitFor();
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { name: "Your details" }).waitFor();
    assert.equal(await page.getByLabel("Name").inputValue(), "Dora D.");
    assert.equal(await page.getByLabel("E-mail").inputValue(), email);
    assert.equal(await page.getByLabel("Anything we should know").inputValue(), "Allergic to latex.");
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    assert.equal(await page.getByLabel("Anything we should know").inputValue(), "", "what was sent is not kept");
});

journey("a page with unsaved changes asks before it is left", async ({ page, checkAccessibility, photograph }) => {
    await register(page, { name: "Una Saved", email: newAddress("una") });
    await page.getByRole("link", { name: "My bookings" }).click();
    await page.getByRole("heading", { name: "My bookings" }).waitFor();
    await page.getByRole("link", { name: "Account" }).click();
    await page.getByLabel("Name").fill("Una Unsaved");
    await page.getByRole("link", { name: "My bookings" }).click();
    const question = page.getByRole("dialog", { name: "Leave without saving?" });
    await question.waitFor();
    await checkAccessibility(page);
    await photograph(page, "leave-question");
    await question.getByRole("button", { name: "Stay here" }).click();
    assert.equal(await page.getByLabel("Name").inputValue(), "Una Unsaved");

    await page.goBack();
    await question.waitFor();
    assert.equal(new URL(page.url()).pathname, "/account", "the address is that of what is seen");
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "hidden" });
    await page.getByRole("link", { name: "My bookings" }).click();
    await question.getByRole("button", { name: "Leave without saving" }).click();
    await page.getByRole("heading", { name: "My bookings" }).waitFor();

    await page.getByRole("link", { name: "Account" }).click();
    await page.getByLabel("Name").fill("Una Saved Again");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    await page.getByRole("link", { name: "My bookings" }).click();
    await page.getByRole("heading", { name: "My bookings" }).waitFor();
});

/** As after thirty days: the access token is refused, and the cookie is gone. */
async function endSession(page) {
    await page.context().clearCookies();
    await page.route("**/api/v1/me", (route) => route.fulfill({ status: 401, contentType: "application/problem+json", body: "{}" }), { times: 1 });
}
