// Where what has the focus goes away, the focus goes to what stands nearest: nobody begins at the top of the page again.

import { journey } from "./support/journey.js";
import { bookThrough, logIn, newAddress, openProvider } from "./support/people.js";

const refusals = { expectedErrors: [/40[0-9]|422/] };

/** The hour of a day some days ahead, in UTC. */
const at = (hour, days = 3) => new Date(Math.floor(Date.now() / 86_400_000 + days) * 86_400_000 + hour * 3_600_000).toISOString();

/** Waits until the focus is on something with this name, in this kind of element. */
async function focusOn(page, tags, name) {
    await page.waitForFunction(([tags, source]) => {
        const element = document.activeElement;
        return element.matches(tags) && new RegExp(source).test(element.getAttribute("aria-label") ?? element.textContent);
    }, [tags, name.source]).catch(async (error) => {
        throw new Error(`${error.message}; the focus is on ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200))}`);
    });
}

journey("answering requests from the list leads on to the next row", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Next In Line", service: { approval_required: true } });
    for (const [hour, name] of [[9, "Ada Lovelace"], [11, "Grace Hopper"], [13, "Mary Shelley"]]) {
        await bookThrough(server, provider, { start_at: at(hour), name });
    }
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list&show=requests`);
    await page.getByRole("button", { name: /^Confirm: Ada/ }).waitFor();
    await page.getByRole("button", { name: /^Confirm: Ada/ }).press("Enter");
    await page.getByRole("button", { name: /^Confirm: Ada/ }).waitFor({ state: "detached" });
    await focusOn(page, ".agenda-row *", /Grace Hopper/);
    await page.getByRole("button", { name: /^Decline: Grace/ }).press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Decline" }).press("Enter");
    await page.getByRole("button", { name: /^Decline: Grace/ }).waitFor({ state: "detached" });
    await focusOn(page, ".agenda-row *", /Mary Shelley/);
});

journey("a whole day that is called off, and a day that is blocked", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Day of Rest" });
    await bookThrough(server, provider, { start_at: at(9), name: "Ada Lovelace" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list`);
    const whole = page.getByRole("button", { name: /^Whole day/ });
    await whole.first().waitFor();
    await whole.first().press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /^Cancel 1/ }).press("Enter");
    await dialog.getByRole("button", { name: "Done" }).waitFor();
    await focusOn(page, ".dialog h2", /./);
    await dialog.getByRole("button", { name: "Done" }).press("Enter");
    await focusOn(page, "main :is(h1, h2, [aria-label])", /./);

    await page.goto(`/dashboard/${provider.id}?view=week&date=${at(0, 10).slice(0, 10)}`);
    await page.locator(".tg-more").first().waitFor();
    await page.locator(".tg-more").nth(2).press("Enter");
    await dialog.getByRole("button", { name: "Block" }).press("Enter");
    await page.getByText("Blocked.").waitFor();
    await focusOn(page, ".tg-more, .tg-scroll", /./);
});

journey("a drawer whose booking is cancelled closes to the days", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Empty Drawer" });
    await bookThrough(server, provider, { start_at: at(9), name: "Ada Lovelace" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=week&date=${at(9).slice(0, 10)}`);
    const ada = page.getByRole("button", { name: /^Ada Lovelace/ });
    await ada.waitFor();
    await ada.press("Enter");
    const drawer = page.getByRole("dialog", { name: "Ada Lovelace" });
    await drawer.getByRole("button", { name: "Cancel" }).press("Enter");
    await page.getByRole("button", { name: "Cancel booking" }).press("Enter");
    await page.getByText("Cancelled. The client is told.").waitFor();
    await focusOn(page, ".drawer *", /./);
    await page.keyboard.press("Escape");
    await ada.waitFor({ state: "detached" });
    await focusOn(page, ".tg-scroll, .agenda h2", /./);
});

journey("saved hours lead to their heading", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Night Owl" });
    await logIn(page, provider.email, `/dashboard/${provider.id}/hours`);
    const save = page.getByRole("button", { name: "Save hours" });
    await save.waitFor();
    await page.getByRole("button", { name: /^Remove/ }).first().press("Enter");
    await save.press("Enter");
    await page.getByText("The hours are saved.").waitFor();
    await focusOn(page, "main :is(h1, h2)", /./);
});

journey("what admins do leaves them where they were", async ({ page, server }) => {
    const shop = await openProvider(server, { name: "Loud Lute Lane" });
    await page.goto("/login?next=/admin/categories");
    await page.getByLabel("E-mail").fill("admin@appointed.example");
    await page.getByLabel("Password", { exact: true }).fill("calm-lantern-42");
    await page.getByRole("button", { name: "Log in" }).click();
    const add = page.getByRole("button", { name: "Add a category" });
    await add.waitFor();
    const slug = newAddress("kites").split("@")[0];
    await add.press("Enter");
    await page.getByLabel("In English").fill(slug);
    await page.getByLabel("Short name").fill(slug);
    await page.getByLabel("Short name").press("Enter");
    await page.getByRole("rowheader", { name: slug }).waitFor();
    await focusOn(page, "button", /Add a category/);
    const row = page.getByRole("row", { name: new RegExp(`^${slug}`) });
    await row.getByRole("button", { name: "Retire" }).press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Retire" }).press("Enter");
    await row.getByText("Retired").waitFor();
    await focusOn(page, "tr button", new RegExp(`${slug}|Open`));

    await page.goto(`/admin/providers/${shop.id}`);
    await page.getByRole("button", { name: "Suspend" }).waitFor();
    await page.getByRole("button", { name: "Suspend" }).press("Enter");
    await page.getByLabel("Reason").fill("Nobody was there.");
    await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).press("Enter");
    await page.getByRole("heading", { name: /^Suspended since/ }).waitFor();
    await focusOn(page, "main :is(h1, h2)", /./);
}, refusals);
