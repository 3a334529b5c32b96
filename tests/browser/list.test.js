// The agenda as a list: a row opens the booking beside it, and one press answers what waits.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { bookThrough, logIn, openProvider } from "./support/people.js";

journey("a booking opens beside the list, and closes back to it", async ({ page, server, checkAccessibility, photograph }) => {
    const provider = await openProvider(server, { name: "Long Lists", service: { approval_required: true } });
    const date = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const { days } = await server.json(`/api/v1/services/${provider.service.id}/slots?from=${date(1)}&to=${date(3)}`);
    const times = days.at(-1).slots.map(({ start_at }) => start_at);
    await bookThrough(server, provider, { start_at: times.at(-1), name: "Ada Lovelace" });
    await bookThrough(server, provider, { start_at: times.at(-2), name: "Grace Hopper" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list&show=requests`);

    const row = page.getByRole("listitem").filter({ hasText: "Ada Lovelace" });
    await row.waitFor();
    assert.deepEqual(await row.getByRole("button").allTextContents(), ["Confirm", "Decline"], "it can be answered here");
    await checkAccessibility(page);
    await photograph(page, "list-requests");
    await row.getByRole("link", { name: "Ada Lovelace" }).click();
    const drawer = page.getByRole("dialog", { name: "Ada Lovelace" });
    await drawer.getByRole("button", { name: "Decline" }).waitFor();
    assert.equal(await drawer.getByRole("button", { name: "Cancel", exact: true }).count(), 0, "declining is enough");
    assert.match(page.url(), /view=list&show=requests/, "the list stays behind it");
    await checkAccessibility(page);
    await photograph(page, "list-drawer");
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    await page.waitForFunction(() => document.activeElement?.textContent === "Ada Lovelace");

    await page.keyboard.press("Enter");
    await drawer.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("Confirmed. The client is told.").waitFor();
    await drawer.getByRole("button", { name: "Close" }).click();
    await row.waitFor({ state: "hidden" });
    await page.getByRole("listitem").filter({ hasText: "Grace Hopper" }).getByRole("button", { name: "Confirm" }).click();
    await page.getByText("Confirmed. The client is told.").waitFor();
    await page.goto(`/dashboard/${provider.id}?view=list`);
    await page.getByRole("listitem").filter({ hasText: "Grace Hopper" }).getByText("Confirmed").waitFor();
    await photograph(page, "list-coming");
});

journey("a request is declined from the list, after a question", async ({ page, server, checkAccessibility, photograph }) => {
    const provider = await openProvider(server, { name: "Full Lists", service: { approval_required: true } });
    const at = (hour) => new Date(Math.floor(Date.now() / 86_400_000 + 3) * 86_400_000 + hour * 3_600_000).toISOString();
    const booking = await bookThrough(server, provider, { start_at: at(10), name: "Ada Lovelace" });
    await bookThrough(server, provider, { start_at: at(12), name: "Grace Hopper" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list&show=requests`);

    await page.getByRole("button", { name: /^Decline: Ada Lovelace, / }).click();
    const question = page.getByRole("dialog", { name: "Decline this request?" });
    await question.getByLabel("Reason").fill("We are closed that week.");
    await checkAccessibility(page);
    await photograph(page, "list-decline", { fullPage: false });
    await question.getByRole("button", { name: "Decline" }).click();
    await page.getByText("Declined. The client is told.").waitFor();
    await page.getByRole("button", { name: /^Confirm: Ada Lovelace/ }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Confirm: Grace Hopper/ }).waitFor();
    const now = await provider.call("GET", `/bookings/${booking.id}`);
    assert.deepEqual([now.cancelled_by, now.cancel_reason], ["declined", "We are closed that week."]);
});

journey("what stands in a column lines up over all days", async ({ page, server, photograph }) => {
    const provider = await openProvider(server, { name: "Straight Lines" });
    const date = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await bookThrough(server, provider, { start_at: `${date(3)}T10:00:00Z`, name: "Ada Lovelace" });
    await provider.call("PATCH", `/services/${provider.service.id}`, { approval_required: true }, provider.service.version);
    await bookThrough(server, provider, { start_at: `${date(4)}T10:00:00Z`, name: "Grace Hopper" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list`);
    await page.getByRole("button", { name: /^Decline: Grace Hopper/ }).waitFor();
    for (const width of [768, 1024, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        for (const part of [".badge", ".row-who", ".row-end"]) {
            const edges = await page.locator(`.agenda-row ${part}`).evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().left)));
            assert.equal(edges.length, 2);
            assert.equal(edges[0], edges[1], `${part} at ${width} px`);
        }
    }
    await photograph(page, "list-lines");
});

journey("what a row says stands inside it, and no badge reaches into the name", async ({ page, server, photograph }) => {
    const service = { name: "Haircut", price_minor: 5000, payment_mode: "deposit", deposit_minor: 2000 };
    const provider = await openProvider(server, { name: "Wide Words", service });
    const asked = await provider.call("POST", `/providers/${provider.id}/services`, { name: "Advice", duration_minutes: 30, price_minor: 0, approval_required: true });
    const date = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await bookThrough(server, provider, { start_at: `${date(3)}T10:00:00Z`, name: "Ada Lovelace" });
    await bookThrough(server, { ...provider, service: asked }, { start_at: `${date(4)}T10:00:00Z`, name: "Grace Hopper" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list`);
    const badges = { en: ["Waiting for payment", "Awaiting answer"], de: ["Wartet auf Zahlung", "Angefragt"] };
    for (const [language, words] of Object.entries(badges)) {
        await page.evaluate((language) => localStorage.setItem("language", language), language);
        await page.reload();
        await page.locator(`html[lang=${language}] .agenda-row`).nth(1).waitFor();
        assert.deepEqual(await page.locator(".agenda-row .badge").allTextContents(), words);
        for (const width of [390, 768, 1024, 1440]) {
            await page.setViewportSize({ width, height: 900 });
            const rows = await page.locator(".agenda-row").evaluateAll((all) => all.map((row) => {
                const box = (part) => row.querySelector(part).getBoundingClientRect().toJSON();
                const lines = row.querySelector(".row-who a").getClientRects().length;
                return { row: row.getBoundingClientRect().toJSON(), badge: box(".badge"), name: box(".row-who"), deadline: box(".waits"), lines };
            }));
            assert.equal(rows.length, 2);
            for (const { row, badge, name, deadline, lines } of rows) {
                const at = `${language}, ${width} px`;
                assert.ok(deadline.top >= row.top && deadline.bottom <= row.bottom, `the deadline is in its row: ${at}`);
                assert.ok(deadline.left >= row.left && deadline.right <= row.right, `and no wider: ${at}`);
                // On a phone the name stands below.
                assert.ok(badge.right <= name.left || badge.bottom <= name.top, `${badge.right} before ${name.left}: ${at}`);
                assert.equal(lines, 1, `the name is in one line: ${at}`);
            }
        }
        await photograph(page, `list-words-${language}`);
    }
});
