// Two languages: chosen by the browser, by a switch and by the account; what is fetched is what is read.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { newAddress, openProvider, register } from "./support/people.js";

const german = { locale: "de-DE" };

journey("a German browser gets a German app, and nothing of the English one", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Praxis am Ufer", service: { price_minor: 4550 } });
    const fetched = [];
    page.on("request", (request) => fetched.push(request.url()));
    await page.goto("/");
    await page.getByRole("heading", { level: 1, name: "Termine buchen, die wirklich frei sind" }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "de");
    await page.getByRole("list").getByRole("link", { name: /, (morgen|heute|Mo|Di|Mi|Do|Fr|Sa|So)/ }).first().waitFor();
    assert.ok(fetched.some((url) => url.endsWith("/german.first.pack")));
    assert.ok(!fetched.some((url) => /english/.test(url)), "nobody loads both");
    await checkAccessibility(page);
    await photograph(page, "home-german");

    await page.goto(`/p/${provider.slug}`);
    await page.getByText(/45,50\s€/).first().waitFor();
    await photograph(page, "provider-german");
    await page.goto(provider.path);
    await page.getByRole("heading", { name: "Zeit wählen" }).waitFor();
    const day = page.getByRole("button", { name: /^(Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag), \d+\. \p{L}+.*, \d+ freie Zeiten?$/u });
    await day.nth(1).click();
    await checkAccessibility(page);
    await photograph(page, "picker-german");
    await page.locator("#times").getByRole("button", { name: /^\d\d:\d\d/ }).first().click();
    await page.getByLabel("Name").fill("Änne Groß");
    await page.getByLabel("E-Mail").fill("kein At");
    await page.getByRole("button", { name: "Buchen", exact: true }).click();
    await page.getByText("Das sieht nicht nach einer E-Mail-Adresse aus.").waitFor();
    await photograph(page, "details-german");
    await page.getByLabel("E-Mail").fill(newAddress("aenne"));
    await page.getByRole("button", { name: "Buchen", exact: true }).click();
    await page.getByRole("heading", { name: "Gebucht" }).waitFor();
    await photograph(page, "booked-german");
}, { ...german, expectedErrors: [/422/] });

journey("the switch changes the language and keeps what was typed; the account carries it along", async ({ page, server, visitor }) => {
    const provider = await openProvider(server, { name: "Polyglot" });
    await page.goto(`${provider.path}?start=${encodeURIComponent(soon())}`);
    await page.getByLabel("Name").fill("Kim Example");
    await page.getByLabel("Anything we should know").fill("two\nlines");
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByRole("heading", { name: "Deine Angaben" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === "Deutsch");
    assert.equal(await page.getByLabel("Name").inputValue(), "Kim Example");
    assert.equal(await page.getByLabel("Was wir noch wissen sollten").inputValue(), "two\nlines");
    await page.reload();
    await page.getByRole("heading", { name: "Deine Angaben" }).waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Your details" }).waitFor();

    // What the server begins, too, and nobody has chosen what they went back on.
    await page.goto("/");
    await page.locator(".provider-card h3").first().waitFor();
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByRole("heading", { level: 1, name: "Termine buchen, die wirklich frei sind" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === "Deutsch");
    await page.getByRole("button", { name: "English" }).click();
    await page.waitForFunction(() => document.activeElement?.textContent === "English");

    const email = newAddress("kim");
    const other = await visitor();
    await register(other, { name: "Kim Example", email });
    await other.getByRole("combobox", { name: "Language", exact: true }).selectOption("de");
    await other.getByRole("button", { name: "Save" }).click();
    await other.getByRole("heading", { name: "Konto", exact: true }).waitFor();
    await other.getByText("Gespeichert.", { exact: true }).waitFor();
    await other.waitForFunction(() => document.activeElement?.id === "account-language");

    const third = await visitor();
    await third.goto("/login");
    await third.getByLabel("E-mail").fill(email);
    await third.getByLabel("Password", { exact: true }).fill("a long enough password");
    await third.getByRole("button", { name: "Log in" }).click();
    await third.getByRole("heading", { name: "Meine Termine" }).waitFor();
});

/** An hour some days ahead, as the address has it. */
function soon() {
    const at = new Date(Date.now() + 3 * 24 * 3600 * 1000);
    at.setUTCMinutes(0, 0, 0);
    return at.toISOString().replace(".000", "");
}

journey("a day nearby is written as its place in the words asks for", async ({ visitor, server }) => {
    const provider = await openProvider(server, { name: "Near Days" });
    for (const [locale, sentence, alone] of [
        ["en-US", /^Book Consultation, (today|tomorrow), \d+:\d\d [AP]M$/, /^(Today|Tomorrow), \d/],
        ["de-DE", /^Consultation buchen, (heute|morgen), \d\d:\d\d$/, /^(Heute|Morgen), \d/],
    ]) {
        const page = await visitor({ locale });
        await page.goto(`/p/${provider.slug}`);
        const time = page.getByRole("link", { name: sentence });
        await time.waitFor();
        assert.match(await time.textContent(), alone);
    }
});
