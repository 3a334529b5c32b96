// From an account to a published page: quickly, and without losing anything on the way.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { PASSWORD, newAddress, register } from "./support/people.js";

/** Goes with a stranger from the front door to a page that can be booked, counting what is clicked. */
journey("a new provider is published in nine clicks, and resumes after a reload and on another device", async ({ page, visitor, photograph, checkAccessibility }) => {
    const email = newAddress("nora");
    let clicks = 0;
    const click = async (what) => {
        clicks += 1;
        await what.click();
    };

    await page.goto("/dashboard/new");
    await page.getByRole("heading", { name: "Create your account" }).or(page.getByRole("heading", { level: 1 })).first().waitFor();
    await page.getByLabel("Name").fill("Nora Birch");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await click(page.getByRole("button", { name: "Create account" }));

    await page.getByRole("heading", { name: "Make your page" }).waitFor();
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Nora Birch", "the name is known");
    await page.getByLabel("Name", { exact: true }).fill("Studio Birch");
    await click(page.getByRole("radio", { name: "Health" }));
    await page.getByText("prices in EUR").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Make your page" }).waitFor();
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Studio Birch", "what is typed survives a reload");
    assert.ok(await page.getByRole("radio", { name: "Health" }).isChecked());
    await checkAccessibility(page);
    await photograph(page, "welcome-profile");
    await page.getByRole("combobox", { name: "City" }).fill("Zür");
    await click(page.getByRole("option", { name: /^Zürich/ }));
    await page.getByText(/^Times are in Zurich \(GMT\+[12]\), prices in CHF\.$/).waitFor();
    await click(page.getByRole("button", { name: "Continue" }));

    await page.getByRole("heading", { name: "What do you offer?" }).waitFor();
    await click(page.getByRole("button", { name: "First visit" }));
    await page.getByLabel("Price in CHF").fill("95.50");
    await page.reload();
    await page.getByRole("heading", { name: "What do you offer?" }).waitFor();
    assert.equal(await page.getByLabel("Price in CHF").inputValue(), "95.50", "so does a service that is not saved");
    await checkAccessibility(page);
    await photograph(page, "welcome-service");
    await click(page.getByRole("button", { name: "Continue" }));

    await page.getByRole("heading", { name: "When do you work?" }).waitFor();
    assert.ok(await page.getByRole("radio", { name: /^Weekdays/ }).isChecked());
    await click(page.getByRole("radio", { name: /^With a lunch break/ }));
    await page.getByText("35 h a week").waitFor();
    await checkAccessibility(page);
    await photograph(page, "welcome-hours");
    await click(page.getByRole("button", { name: "Continue" }));

    await page.getByRole("heading", { name: "How customers will see you" }).waitFor();
    await page.getByText("First visit").first().waitFor();
    await checkAccessibility(page);
    await photograph(page, "welcome-preview");

    // Back leads through the steps, and forward again.
    await page.goBack();
    await page.getByRole("heading", { name: "When do you work?" }).waitFor();
    await page.getByText("35 h a week").waitFor();
    await page.goForward();
    await page.getByRole("heading", { name: "How customers will see you" }).waitFor();

    // Another device comes to where this one is.
    const other = await visitor();
    await other.goto("/login?next=/dashboard");
    await other.getByLabel("E-mail").fill(email);
    await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await other.getByRole("button", { name: "Log in" }).click();
    await other.getByRole("heading", { name: "First steps" }).waitFor();
    await checkAccessibility(other);
    await other.getByRole("link", { name: "Continue" }).click();
    await other.getByRole("heading", { name: "How customers will see you" }).waitFor();

    await click(page.getByRole("button", { name: "Publish" }));
    await page.getByRole("heading", { name: "Your page is published" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "welcome-done");
    assert.ok(clicks <= 9, `${clicks} clicks`);

    const link = await page.getByLabel("The link to your page").inputValue();
    const customer = await visitor();
    await customer.goto(link);
    await customer.getByRole("heading", { name: "Studio Birch" }).waitFor();
    await customer.getByText("CHF 95.50").first().waitFor();
});

journey("steps can be skipped, and what is missing is named before publishing", async ({ page, photograph, checkAccessibility }) => {
    await register(page, { name: "Sam Skip", email: newAddress("sam") }, "/dashboard/new");
    await page.getByRole("heading", { name: "Make your page" }).waitFor();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("Please choose one.").waitFor();
    await checkAccessibility(page);
    await page.getByRole("radio", { name: "Repair" }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("heading", { name: "What do you offer?" }).waitFor();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("or skip this step for now").waitFor();
    await page.getByRole("link", { name: "Skip for now" }).click();
    await page.getByRole("heading", { name: "When do you work?" }).waitFor();
    await page.getByRole("link", { name: "Skip for now" }).click();
    await page.getByText("Still to do before customers can book:").waitFor();
    assert.ok(await page.getByRole("button", { name: "Publish" }).isDisabled());
    await checkAccessibility(page);
    await photograph(page, "welcome-lacking");

    // Several services at once, one of them wrong: the right one is kept, the wrong one named.
    await page.getByRole("link", { name: "Add a service" }).click();
    await page.getByRole("button", { name: "Small repair" }).click();
    await page.getByRole("button", { name: "Something else" }).click();
    await page.getByLabel("Name", { exact: true }).nth(1).fill("Bicycle check");
    await page.getByLabel("Minutes").nth(1).fill("2");
    await page.getByLabel("Price in EUR").nth(1).fill("25");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("Minutes").and(page.locator("[aria-invalid=true]")).waitFor();
    assert.equal(await page.getByLabel("Name", { exact: true }).count(), 1, "what was right is saved");
    await photograph(page, "welcome-service-wrong");
    await checkAccessibility(page);
    await page.getByLabel("Minutes").fill("20");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("heading", { name: "When do you work?" }).waitFor();
    await page.getByRole("link", { name: /Services/ }).click();
    await page.getByRole("link", { name: "Bicycle check" }).waitFor();
    await page.getByRole("link", { name: "Small repair" }).waitFor();
}, { expectedErrors: [/422/, /400/] });

journey("the way to a page in German", async ({ page, photograph, checkAccessibility }) => {
    await page.goto("/dashboard/new");
    await page.getByLabel("Name").fill("Jörg Müller");
    await page.getByLabel("E-Mail").fill(newAddress("joerg"));
    await page.getByLabel("Passwort", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Konto anlegen" }).click();
    await page.getByRole("heading", { name: "Die eigene Seite anlegen" }).waitFor();
    await page.getByRole("radio").nth(5).check();
    await photograph(page, "welcome-profile-de");
    await page.getByRole("button", { name: "Weiter" }).click();
    await page.getByRole("button", { name: "Langer Kurs" }).click();
    await page.getByRole("button", { name: "Beratung vor Ort" }).click();
    await checkAccessibility(page);
    await photograph(page, "welcome-service-de");
    await page.getByRole("button", { name: "Weiter" }).click();
    await page.getByText("40 Std. pro Woche").waitFor();
    await checkAccessibility(page);
    await photograph(page, "welcome-hours-de");
    await page.getByRole("button", { name: "Weiter" }).click();
    await page.getByRole("button", { name: "Veröffentlichen" }).click();
    await page.getByRole("heading", { name: "Die Seite ist veröffentlicht" }).waitFor();
    await photograph(page, "welcome-done-de");
}, { locale: "de-DE" });
