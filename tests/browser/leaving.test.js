// Whoever has changed something and goes away by a link, by the browser's button or by closing the tab is asked first.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { logIn, openProvider } from "./support/people.js";

const question = (page) => page.getByRole("dialog", { name: "Leave without saving?" });

/** Tries to go away by a link and by the browser's button, and stays. */
async function stays(page, path) {
    for (const leave of [() => page.getByRole("link", { name: "Agenda", exact: true }).click(), () => page.goBack()]) {
        await leave();
        await question(page).waitFor();
        await question(page).getByRole("button", { name: "Stay here" }).click();
        await question(page).waitFor({ state: "hidden" });
        assert.equal(new URL(page.url()).pathname, path, "the address is that of what is seen");
    }
}

/** Whether the browser itself asks when the tab is closed. It stays open. */
async function tabAsks(page) {
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    const kind = dialog.type();
    await dialog.dismiss();
    // Only a page that draws again has taken the answer: a reload before that would be called off with the closing.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    return kind === "beforeunload";
}

journey("the profile asks before its changes are lost", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Slow Goodbye" });
    const path = `/dashboard/${provider.id}/profile`;
    await logIn(page, provider.email, `/dashboard/${provider.id}`);
    await page.getByRole("link", { name: "Profile", exact: true }).click();
    const line = page.getByLabel("In one line");
    await line.click();
    await line.fill("Not saved yet");
    await stays(page, path);
    assert.equal(await line.inputValue(), "Not saved yet");
    assert.ok(await tabAsks(page));

    // Who leaves by the browser's button all the same is where it leads, and goes on from there.
    await page.goBack();
    await question(page).getByRole("button", { name: "Leave without saving" }).click();
    await page.locator(".agenda").waitFor();
    await page.goForward();
    await line.waitFor();
    assert.equal(await line.inputValue(), "");

    // What is put back is no change; what is saved is none either.
    await line.fill("On second thought");
    await line.fill("");
    await page.getByRole("link", { name: "Services", exact: true }).click();
    await page.getByRole("heading", { name: "Services", level: 1 }).waitFor();
    await page.goBack();
    await line.fill("Saved now");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    await page.getByRole("link", { name: "Services", exact: true }).click();
    await page.getByRole("heading", { name: "Services", level: 1 }).waitFor();
});

journey("a service asks, and saving it leads on without a question", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Slow Goodbye" });
    await logIn(page, provider.email, `/dashboard/${provider.id}/services`);
    await page.getByRole("link", { name: "Edit Consultation" }).click();
    const path = `/dashboard/${provider.id}/services/${provider.service.id}`;
    await page.getByLabel("Length, unit").selectOption({ label: "hours" });
    await stays(page, path);
    assert.ok(await tabAsks(page));
    await page.getByLabel("Length, unit").selectOption({ label: "minutes" });
    await page.getByLabel("Name", { exact: true }).fill("Long consultation");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("heading", { name: "Long consultation" }).waitFor();

    await page.getByRole("link", { name: "Add a service" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Given up");
    await page.getByRole("link", { name: "Cancel" }).click();
    await question(page).getByRole("button", { name: "Leave without saving" }).click();
    await page.getByRole("heading", { name: "Services", level: 1 }).waitFor();
});

journey("hours ask, and whoever leaves without saving does not find them again", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Slow Goodbye" });
    const path = `/dashboard/${provider.id}/hours`;
    await logIn(page, provider.email, `/dashboard/${provider.id}`);
    await page.getByRole("link", { name: "Hours", exact: true }).click();
    const first = page.getByRole("group", { name: "Monday", exact: true }).locator("input[type=time]").first();
    await first.click();
    await first.fill("08:00");
    await page.getByText("Not saved yet.").waitFor();
    await stays(page, path);
    assert.equal(await first.inputValue(), "08:00");
    assert.ok(await tabAsks(page));

    // A reload is no decision: the changes are still here. Leaving is one.
    page.once("dialog", (dialog) => dialog.accept());
    await page.reload();
    await page.getByText("These are the changes that you had not saved.").waitFor();
    await page.getByRole("link", { name: "Services", exact: true }).click();
    await question(page).getByRole("button", { name: "Leave without saving" }).click();
    await page.getByRole("heading", { name: "Services", level: 1 }).waitFor();
    await page.getByRole("link", { name: "Hours", exact: true }).click();
    await first.waitFor();
    assert.equal(await first.inputValue(), "00:00");
});

journey("a policy that is being edited asks before another tab of the page takes its place", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Slow Policy" });
    const path = `/dashboard/${provider.id}/payments?show=cancellation`;
    await logIn(page, provider.email, path);
    await page.getByRole("radio", { name: /Strict/ }).check();
    const leave = [
        () => page.getByRole("tab", { name: "Coupons" }).click(),
        () => page.getByRole("navigation", { name: "Dashboard" }).getByRole("link", { name: "Payments" }).click(),
    ];
    for (const go of leave) {
        await go();
        await question(page).getByRole("button", { name: "Stay here" }).click();
        await question(page).waitFor({ state: "hidden" });
        assert.ok(page.url().endsWith(path));
        assert.ok(await page.getByRole("radio", { name: /Strict/ }).isChecked());
        assert.equal(await page.getByRole("tab", { selected: true }).textContent(), "Cancellation");
    }
    await page.getByRole("tab", { name: "Coupons" }).click();
    await question(page).getByRole("button", { name: "Leave without saving" }).click();
    await page.getByRole("heading", { name: "No coupons yet" }).waitFor();
    await page.getByRole("tab", { name: "Overview" }).click();
    await page.getByRole("heading", { name: "Clients can pay when booking" }).waitFor();
});

journey("whoever stays and goes away again at once is asked again", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Slow Goodbye" });
    await logIn(page, provider.email, `/dashboard/${provider.id}`);
    await page.getByRole("link", { name: "Profile", exact: true }).click();
    await page.getByLabel("In one line").fill("Not saved yet");
    await page.getByRole("link", { name: "Agenda", exact: true }).click();
    await question(page).getByRole("button", { name: "Stay here" }).waitFor();
    // Before the browser has told that the question was closed.
    await question(page).evaluate(async (dialog) => {
        const closed = new Promise((heard) => dialog.addEventListener("close", heard, { once: true }));
        [...dialog.querySelectorAll("button")].find((button) => button.textContent === "Stay here").click();
        for (let turn = 0; dialog.open && turn < 1000; turn += 1) await Promise.resolve();
        [...document.querySelectorAll("a")].find((link) => link.textContent === "Agenda").click();
        await closed;
    });
    await question(page).getByRole("button", { name: "Leave without saving" }).click();
    await page.getByRole("heading", { name: "Agenda", level: 1 }).waitFor();
});
