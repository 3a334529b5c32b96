// The account: sessions, everything in a file, and leaving.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { journey } from "./support/journey.js";
import { PASSWORD, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

journey("a person sees where they are logged in, takes their data along and leaves", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Quiet Room" });
    const email = newAddress("lea");
    await register(page, { name: "Lea Lang", email });
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();

    const phone = await visitor({ userAgent: "Mozilla/5.0 (Android 15; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0" });
    await logIn(phone, email);
    await phone.getByRole("heading", { name: "My bookings" }).waitFor();
    await page.goto("/account");
    await page.getByText("Firefox on Android").waitFor();
    await page.getByText("This device").waitFor();
    await checkAccessibility(page);
    await photograph(page, "account-whole");
    await page.getByRole("button", { name: "End session: Firefox on Android" }).click();
    await page.getByText("Firefox on Android is logged out.").waitFor();
    await phone.reload();
    await phone.getByRole("heading", { name: "Log in" }).waitFor();

    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download my data" }).click()]);
    assert.match(file.suggestedFilename(), /^appointed-my-data-\d{4}-\d\d-\d\d\.json$/);
    const data = JSON.parse(await readFile(await file.path(), "utf8"));
    assert.equal(data.account.email, email);
    assert.equal(data.bookings[0].booking.provider.name, "Quiet Room");

    // What is typed and not saved does not hold back whoever goes for good.
    await page.getByLabel("Name").fill("Lea Later");
    await page.getByRole("button", { name: "Delete my account" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete your account?" });
    await dialog.getByText("Coming bookings are cancelled").waitFor();
    await dialog.getByLabel("Present password").fill("not the password");
    await dialog.getByRole("button", { name: "Delete account" }).click();
    await dialog.getByText("The present password is wrong.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "account-delete");
    await dialog.getByLabel("Present password").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Delete account" }).click();
    await page.getByText("Your account is deleted.").waitFor();
    await page.getByRole("link", { name: "Log in" }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/");
    // It is still there on the page where one arrives.
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.ok(await page.getByText("Your account is deleted.").isVisible());
    await photograph(page, "account-deleted", { fullPage: false });

    const told = await server.mail(provider.email, /^Cancelled/);
    assert.ok(!told.text.includes("Lea"), told.text);
    await logIn(page, email);
    await page.getByText("E-mail or password is wrong.").waitFor();
    await register(page, { name: "Lea Lang", email });
    await page.getByRole("heading", { name: "Account", exact: true }).waitFor();
}, { expectedErrors: [/401/, /422/, /loading was aborted/] });

journey("the owner of a published page hears what has to be settled first", async ({ page, server, checkAccessibility, photograph }) => {
    const provider = await openProvider(server, { name: "Corner Yoga" });
    await logIn(page, provider.email);
    await page.getByRole("heading", { name: "Agenda" }).waitFor();
    await page.goto("/account");
    await page.getByRole("button", { name: "Delete my account" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete your account?" });
    await dialog.getByLabel("Present password").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Delete account" }).click();
    await dialog.getByText("Corner Yoga is still published. Hide the page first.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "account-sole-owner");
    await dialog.getByRole("link", { name: "Open Corner Yoga" }).click();
    await page.getByRole("heading", { name: "Profile" }).waitFor();
}, { expectedErrors: [/409/] });

async function logIn(page, email) {
    await page.goto("/login");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
}
