// Accounts: in, out, and the links that mails bring.

import { journey } from "./support/journey.js";
import { PASSWORD, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

journey("a person registers, confirms the address, books, logs out and in again", async ({ page, server, photograph, checkAccessibility }) => {
    const email = newAddress("alan");
    await register(page, { name: "Alan Turing", email });
    await page.getByText(`${email} is not confirmed yet.`).waitFor();
    await checkAccessibility(page);
    await photograph(page, "account");

    const mail = await server.mail(email);
    await page.goto(mail.text.match(/http\S+\/verify-email#\S+/)[0]);
    await page.getByText("Your address is confirmed.").waitFor();

    const provider = await openProvider(server, { name: "Code and Tea" });
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    await page.getByRole("link", { name: "My bookings" }).click();
    await page.getByRole("link", { name: "Consultation" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "my-bookings");

    await page.getByRole("link", { name: "Account" }).click();
    await page.getByRole("button", { name: "Log out", exact: true }).click();
    await page.getByRole("link", { name: "Log in" }).click();
    await checkAccessibility(page);
    await photograph(page, "log-in");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { name: "My bookings" }).waitFor();
    await page.reload();
    await page.getByRole("link", { name: "Consultation" }).waitFor();
});

journey("a forgotten password is replaced by mail", async ({ page, server }) => {
    const email = newAddress("forgetful");
    await register(page, { name: "Forgetful Fran", email });
    await page.getByRole("button", { name: "Log out", exact: true }).click();
    await page.getByRole("link", { name: "Log in" }).click();
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await page.getByText("the link is on its way").waitFor();

    const mail = await server.mail(email, /password/i);
    await page.goto(mail.text.match(/http\S+\/reset-password#\S+/)[0]);
    await page.getByLabel("New password").fill("quite another password");
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByRole("heading", { name: "Log in" }).waitFor();
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("quite another password");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { name: "My bookings" }).waitFor();
});

journey("a wrong password is refused in words", async ({ page }) => {
    await page.goto("/login");
    await page.getByLabel("E-mail").fill(newAddress("nobody"));
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("E-mail or password is wrong.").waitFor();
}, { expectedErrors: [/401/] });
