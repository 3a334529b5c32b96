// The desk as a newcomer walks through it: the way in, requests above the days, bookings that new hours leave outside.

import assert from "node:assert/strict";

import { hold } from "./support/hold.js";
import { journey } from "./support/journey.js";
import { PASSWORD, bookThrough, logIn, openProvider } from "./support/people.js";

/** A date some days ahead, as `2026-12-07`, and noon of it. */
const ahead = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const noon = (date) => `${date}T12:00:00Z`;

journey("who is logged out comes back to the desk through the log-in, and newcomers make an account", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Corner Practice" });
    for (const path of ["/dashboard", `/dashboard/${provider.id}/hours`, `/dashboard/${provider.id}?view=month`]) {
        await page.goto(path);
        await page.waitForURL((url) => url.pathname === "/login" && url.searchParams.get("next") === path);
    }
    await page.getByLabel("E-mail").fill(provider.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname + url.search === `/dashboard/${provider.id}?view=month`);
});

journey("who wants to offer services begins with an account", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("contentinfo").getByRole("link", { name: "Offer your services" }).click();
    await page.waitForURL((url) => url.pathname === "/register" && url.searchParams.get("next") === "/dashboard/new");
});

journey("requests stand in a row of their own above the days", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Corner Practice", service: { approval_required: true } });
    await bookThrough(server, provider, { start_at: noon(ahead(2)), name: "Ada Lovelace" });
    await logIn(page, provider.email, `/dashboard/${provider.id}`);
    for (const view of ["day", "week", "month"]) {
        await page.goto(`/dashboard/${provider.id}?view=${view}&date=${ahead(2)}`);
        const row = page.getByRole("link", { name: "1 request to answer" });
        await row.waitFor();
        await page.waitForFunction(() => !document.querySelector(".skeleton"));
        for (const width of [390, 768, 1440]) {
            await page.setViewportSize({ width, height: 844 });
            const days = page.locator(".tg, .agenda-month").first();
            await days.waitFor();
            const [above, below] = [await row.boundingBox(), await days.boundingBox()];
            assert.ok(above.y + above.height <= below.y, `${view} at ${width}: nothing lies over the days`);
        }
        await checkAccessibility(page);
        await photograph(page, `agenda-waiting-${view}`);
    }
    await page.getByRole("link", { name: "1 request to answer" }).click();
    await page.getByRole("radio", { name: "Requests" }).and(page.locator(":checked")).waitFor({ state: "attached" });
}, { locale: "en-US" });

journey("bookings that new hours leave outside are shown with the way to each", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Corner Practice" });
    const date = ahead(3);
    await bookThrough(server, provider, { start_at: noon(date), name: "Ada Lovelace" });
    await logIn(page, provider.email, `/dashboard/${provider.id}/hours`);
    // Time off.
    await page.getByRole("button", { name: "Take time off" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("First day").fill(date);
    await dialog.getByLabel("Last day").fill(date);
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("alert").getByText("1 booking now lies outside your hours").waitFor();
    await page.locator(".stranded").getByText("1 booking now lies outside your hours").waitFor();
    await checkAccessibility(page);
    await photograph(page, "hours-stranded");
    await page.locator(".stranded").getByRole("link").click();
    await page.waitForURL((url) => url.searchParams.get("date") === date && url.searchParams.has("booking"));
    await page.getByRole("dialog").getByText("Ada Lovelace").first().waitFor();

    // A stretch that is kept free in the agenda.
    await page.goto(`/dashboard/${provider.id}?view=day&date=${ahead(4)}`);
    await bookThrough(server, provider, { start_at: noon(ahead(4)), name: "Bob Byrd" });
    await page.getByRole("button", { name: /^Bob Byrd/ }).waitFor();
    await page.locator(".tg-more").first().click();
    await dialog.getByLabel("Whole day").uncheck();
    await dialog.getByLabel("From", { exact: true }).fill("00:00");
    await dialog.getByLabel(/^(Until|To)$/).fill("23:00");
    await dialog.getByRole("button", { name: /^(Block|Keep)/ }).click();
    await dialog.getByText("1 booking now lies outside your hours").waitFor();
    await dialog.getByText("It is kept: move or cancel it.").waitFor();
    assert.equal(await dialog.locator(".stranded").getByRole("link").count(), 1, "the one of the day before lay outside already");
    await photograph(page, "agenda-stranded", { fullPage: false });
    await checkAccessibility(page);
    await dialog.locator(".stranded").getByRole("link").click();
    await page.waitForURL((url) => url.searchParams.has("booking"));
    await page.getByRole("dialog").getByText("Bob Byrd").first().waitFor();
});

/** A provider who works by day, with a booking at noon in three days and in four. */
async function withBookings(server) {
    const provider = await openProvider(server, { name: "Corner Practice" });
    const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const schedule = await provider.call("GET", `/providers/${provider.id}/schedule`);
    const weekly = days.map((day) => ({ day, start: "08:00", end: "18:00" }));
    await provider.call("PUT", `/providers/${provider.id}/schedule/weekly`, { weekly }, schedule.version);
    await bookThrough(server, provider, { start_at: noon(ahead(3)), name: "Ada Lovelace" });
    await bookThrough(server, provider, { start_at: noon(ahead(4)), name: "Bob Byrd" });
    return provider;
}

/** Chooses the other side of the earth, sends the form, and waits for the bookings that are at night now. */
async function goToAuckland(page, send) {
    const zone = page.getByRole("combobox", { name: "Time zone" });
    await zone.click();
    await zone.fill("auckland");
    await page.getByRole("option", { name: /^Auckland/ }).click();
    await page.getByRole("button", { name: send, exact: true }).click();
    await page.getByRole("alert").getByText("2 bookings now lie outside your hours").waitFor();
    const list = page.locator(".stranded");
    await list.getByText("2 bookings now lie outside your hours").waitFor();
    assert.equal(await list.getByRole("link").count(), 2);
    return list;
}

journey("bookings that another time zone leaves outside the hours are shown with the way to each", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await withBookings(server);
    await logIn(page, provider.email, `/dashboard/${provider.id}/profile`);
    const list = await goToAuckland(page, "Save");
    await checkAccessibility(page);
    await photograph(page, "profile-stranded");
    await list.getByRole("link").last().click();
    await page.waitForURL((url) => url.searchParams.has("booking"));
    await page.getByRole("dialog").getByText("Bob Byrd").first().waitFor();
});

journey("the way to a page shows them as well before it leads on", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await withBookings(server);
    await logIn(page, provider.email, `/dashboard/${provider.id}/welcome/profile`);
    await page.getByRole("button", { name: "Change zone and currency" }).click();
    await goToAuckland(page, "Continue");
    await checkAccessibility(page);
    await photograph(page, "welcome-stranded");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.waitForURL((url) => url.pathname.endsWith("/welcome/service"));
});

journey("pages of the desk that were seen stand at once", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Warm Desk" });
    await logIn(page, provider.email, `/dashboard/${provider.id}?view=list`);
    const tab = (name) => page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
    const seen = {
        Services: () => page.getByRole("link", { name: "Edit Consultation" }),
        Hours: () => page.getByRole("heading", { name: "Every week" }),
        Agenda: () => page.locator(".agenda-grid"),
        Payments: () => page.locator(".payment-setup"),
    };
    for (const [name, what] of Object.entries(seen)) {
        await tab(name);
        await what().waitFor();
    }
    await page.waitForLoadState("networkidle");
    const late = await hold(page, "**/api/v1/**");
    for (const [name, what] of Object.entries(seen)) {
        await tab(name);
        await what().waitFor();
        assert.equal(await page.locator(".skeleton").count(), 0, name);
    }
    late();
});

journey("a booking for a client asks in the provider's words", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Corner Practice" });
    const start = `${ahead(3)}T12:00:00Z`;
    await logIn(page, provider.email, `/dashboard/${provider.id}`);
    await page.goto(`/dashboard/${provider.id}/book?service=${provider.service.id}&date=${ahead(3)}&start=${encodeURIComponent(start)}`);
    await page.getByLabel("Notes").fill("Brings the dog.");
    await page.getByText("The client can read them in the booking.").waitFor();
    assert.equal(await page.getByText("Anything we should know").count(), 0);
});

journey("a trade is found by its name, and a city that was only begun", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Corner Practice" });
    await page.goto("/");
    await page.getByRole("searchbox").fill("gesundh");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.getByRole("link", { name: provider.name }).first().waitFor();
    const city = page.getByRole("combobox").first();
    await city.fill("berl");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get("city") === "berl");
    await page.getByRole("link", { name: provider.name }).first().waitFor();
});
