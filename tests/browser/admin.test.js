// Admins: people, pages, categories, and the log of what they did.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { PASSWORD, newAddress, openProvider, register } from "./support/people.js";

async function logIn(page, email, next, password = "calm-lantern-42") {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname === next);
}

const refusals = { expectedErrors: [/40[0-9]|422/] };

journey("an admin suspends a page and brings it back", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const shop = await openProvider(server, { name: "Loud Lute Lessons" });
    // Whoever has nothing here but the administration is led there.
    await page.goto("/login");
    await page.getByLabel("E-mail").fill("admin@appointed.example");
    await page.getByLabel("Password", { exact: true }).fill("calm-lantern-42");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname === "/admin");
    await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
    await page.getByRole("link", { name: /^People/ }).last().waitFor();
    await checkAccessibility(page);
    await photograph(page, "admin-overview");
    // What is counted leads to its list.
    await page.getByRole("link", { name: /^\d+ published$/ }).click();
    await page.waitForURL(/\/admin\/providers\?state=published$/);
    await page.goBack();

    await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Pages" }).click();
    await page.getByRole("link", { name: "Loud Lute Lessons" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "admin-providers");
    await page.getByRole("searchbox").fill("loud lute");
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL(/q=loud/);
    await page.getByRole("combobox", { name: "State" }).selectOption("suspended");
    await page.getByRole("heading", { name: "Nothing found" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "admin-nothing-found");
    await page.getByRole("button", { name: "Remove filter: State: Suspended" }).click();
    await page.getByRole("link", { name: "Loud Lute Lessons" }).click();

    await page.getByRole("heading", { name: "Loud Lute Lessons", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Suspend" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
    await page.getByText("Please fill this in.").waitFor();
    await page.getByLabel("Reason").fill("Customers say that nobody was there.");
    await page.getByText("Please fill this in.").waitFor({ state: "detached" });
    assert.equal(await page.getByLabel("Reason").getAttribute("aria-invalid"), null);
    await checkAccessibility(page);
    await photograph(page, "admin-suspend");
    await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
    await page.getByRole("heading", { name: /^Suspended since/ }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "admin-provider");

    // A customer finds nothing, kindly; the owner finds the reason.
    const customer = await visitor();
    await customer.goto(`/p/${shop.slug}`);
    await customer.getByRole("heading", { name: "This page is not available right now" }).waitFor();
    await checkAccessibility(customer);
    await photograph(customer, "provider-unavailable");
    const owner = await visitor();
    await logIn(owner, shop.email, `/dashboard/${shop.id}`, PASSWORD);
    await owner.getByRole("heading", { name: "This page is suspended" }).waitFor();
    await owner.getByText("Reason: Customers say that nobody was there.").waitFor();
    await owner.waitForFunction(() => !document.querySelector(".skeleton"));
    await checkAccessibility(owner);
    await photograph(owner, "desk-suspended");
    // Nothing leads to a booking that would not be taken.
    assert.equal(await owner.locator(".desk-bar").getByRole("link", { name: "Book for a client" }).count(), 0);

    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByRole("button", { name: "Hide" }).waitFor();
    await customer.reload();
    await customer.getByRole("heading", { name: "Loud Lute Lessons" }).waitFor();

    await page.getByRole("link", { name: "What admins did" }).click();
    await page.getByRole("cell", { name: "Page restored" }).waitFor();
    await page.getByRole("cell", { name: "Customers say that nobody was there." }).first().waitFor();
    assert.equal(await page.getByRole("rowheader").count(), 2);
    await checkAccessibility(page);
    await photograph(page, "admin-log");
}, refusals);

journey("an admin suspends a person, who is told why", async ({ page, visitor, photograph, checkAccessibility }) => {
    const person = await visitor();
    const email = newAddress("ines");
    await register(person, { name: "Ines Novak", email });
    // Who is no admin finds nothing here, and no way to it.
    assert.equal(await person.getByRole("link", { name: "Admin" }).count(), 0);
    await person.goto("/admin/users");
    await person.getByRole("heading", { name: "There is no such page" }).waitFor();

    await logIn(page, "admin@appointed.example", "/admin");
    await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "People" }).click();
    await page.getByRole("link", { name: "Ines Novak" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "admin-users");
    await page.getByRole("button", { name: "Show more" }).click();
    await page.waitForFunction(() => document.querySelectorAll("tbody tr").length > 20);
    await page.getByRole("link", { name: "Ines Novak" }).click();
    await page.getByRole("heading", { name: "Ines Novak", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Suspend" }).click();
    await page.getByLabel("Reason").fill("Mails to this address come back.");
    await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
    await page.getByRole("heading", { name: /^Suspended since/ }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "admin-user");

    const again = await visitor();
    await again.goto("/login");
    await again.getByLabel("E-mail").fill(email);
    await again.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await again.getByRole("button", { name: "Log in" }).click();
    await again.getByText("This account is suspended. Reason: Mails to this address come back.").waitFor();

    // The last admin cannot leave.
    await page.goto("/admin/users?role=admin");
    await page.getByRole("link", { name: "Sam Okafor" }).click();
    await page.getByRole("button", { name: "Take admin right away" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take admin right away" }).click();
    await page.getByText("Somebody must be left to administer the platform.").waitFor();
}, refusals);

journey("an admin adds, renames, moves and retires a category", async ({ page, photograph, checkAccessibility }) => {
    await logIn(page, "admin@appointed.example", "/admin");
    await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Categories" }).click();
    await page.getByRole("button", { name: "Add a category" }).click();
    await page.getByLabel("In English").fill("Music");
    await page.getByLabel("In German").fill("Musik");
    await page.getByLabel("Short name").fill("Not a slug");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Words of a to z and 0 to 9, joined by hyphens.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "admin-category");
    await page.getByLabel("Short name").fill("music");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("rowheader", { name: "Music" }).waitFor();

    await page.getByRole("button", { name: "Rename Music" }).click();
    await page.getByLabel("In English").fill("Music and sound");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Move Music and sound up" }).click();
    await page.getByRole("rowheader").nth(11).getByText("Music and sound").waitFor();
    const row = page.getByRole("row", { name: /^Music and sound/ });
    await row.getByRole("button", { name: "Retire" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Retire" }).click();
    await row.getByText("Retired").waitFor();
    await checkAccessibility(page);
    await photograph(page, "admin-categories");
}, refusals);

journey("what an admin does in one tab shows in the other", async ({ page, server }) => {
    const name = `Twice Tamed ${Math.random().toString(36).slice(2, 8)}`;
    const shop = await openProvider(server, { name });
    await logIn(page, "admin@appointed.example", "/admin");
    await page.goto(`/admin/providers?q=${encodeURIComponent(name)}`);
    const row = page.getByRole("row").filter({ hasText: name });
    await row.getByText("Published").waitFor();
    const other = await page.context().newPage();
    await other.goto(`/admin/providers/${shop.id}`);
    const third = await page.context().newPage();
    await third.goto(`/admin/providers/${shop.id}`);
    await third.getByRole("button", { name: "Suspend" }).waitFor();

    await other.getByRole("button", { name: "Suspend" }).click();
    await other.getByLabel("Reason").fill("Nobody was there.");
    await other.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
    await row.getByText("Suspended").waitFor();
    await third.getByRole("heading", { name: /^Suspended since/ }).waitFor();
    await page.goto("/admin/log");
    const acts = page.getByRole("row").filter({ hasText: name });
    await acts.first().waitFor();
    assert.equal(await acts.count(), 1);
    await other.getByRole("button", { name: "Restore" }).click();
    await acts.nth(1).waitFor();
});

journey("on a tablet every column of a list is as wide as its words", async ({ page, photograph }) => {
    await logIn(page, "admin@appointed.example", "/admin");
    for (const language of ["en", "de"]) {
        await page.evaluate((language) => localStorage.setItem("language", language), language);
        for (const list of ["providers", "categories", "users", "log"]) {
            await page.goto(`/admin/${list}`);
            await page.locator(".table tbody tr:not(.bones, .hidden)").first().waitFor();
            for (const width of [768, 820, 1024, 1440]) {
                await page.setViewportSize({ width, height: 900 });
                assert.deepEqual(await page.evaluate(inPieces), [], `${list}, ${language}, ${width} px`);
                const beyond = await page.locator(".table-frame").evaluate((frame) => {
                    return frame.querySelector("table").getBoundingClientRect().right - frame.getBoundingClientRect().right;
                });
                assert.ok(beyond <= 0, `${list}, ${language}, ${width} px: ${beyond} px beyond its frame`);
            }
            await photograph(page, `admin-tablet-${list}-${language}`);
        }
    }
});

/** The words of a table, but for addresses, that are broken over two lines. */
function inPieces() {
    const found = [];
    const texts = document.createTreeWalker(document.querySelector(".table tbody"), NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (text.data.includes("@")) continue;
        for (const { 0: word, index } of text.data.matchAll(/\p{L}+/gu)) {
            const range = document.createRange();
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) found.push(word);
        }
    }
    return found;
}
