// What people do on most journeys, as they would do it.

import { randomUUID } from "node:crypto";

export const PASSWORD = "a long enough password";

/** An address that nobody else on this server has. */
export function newAddress(name) {
    return `${name}-${randomUUID().slice(0, 8)}@example.org`;
}

/** Registers through the form and waits until it is done. */
export async function register(page, { name, email }, next = "/account") {
    await page.goto(`/register?next=${encodeURIComponent(next)}`);
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL((url) => url.pathname !== "/register");
}

/** Logs in through the form and waits until the page after it is there. */
export async function logIn(page, email, next) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname === next.split("?")[0]);
}

/** A published provider with one service, open around the clock, made through the API. */
export async function openProvider(server, { name, service = {}, currency = "EUR" }) {
    const email = newAddress("provider");
    let session;
    session = await post("/auth/register", { name, email, password: PASSWORD, time_zone: "Europe/Berlin" });
    const provider = await post("/providers", {
        name,
        category: "health",
        address: { line: "Graefestraße 1", city: "Berlin", country: "DE" },
        time_zone: "Europe/Berlin",
        currency,
    });
    const offered = await post(`/providers/${provider.id}/services`, {
        name: "Consultation",
        duration_minutes: 30,
        price_minor: 4500,
        ...service,
    });
    const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const weekly = days.map((day) => ({ day, start: "00:00", end: "00:00" }));
    const schedule = await call("GET", `/providers/${provider.id}/schedule`);
    await call("PUT", `/providers/${provider.id}/schedule/weekly`, { weekly }, schedule.version);
    const published = await call("POST", `/providers/${provider.id}/publish`, undefined, provider.version);
    return { ...published, email, service: offered, path: `/p/${published.slug}/${offered.id}`, call };

    function post(path, body) {
        return call("POST", path, body);
    }

    function call(method, path, body, version) {
        return server.json(`/api/v1${path}`, {
            method,
            body: body && JSON.stringify(body),
            headers: {
                ...(body && { "content-type": "application/json" }),
                ...(session && { authorization: `Bearer ${session.access_token}` }),
                ...(version && { "if-match": `"${version}"` }),
            },
        });
    }
}

/** Books as a guest, through the API. */
export function bookThrough(server, provider, { start_at, name }) {
    return server.json("/api/v1/bookings", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ service_id: provider.service.id, start_at, client: { name, email: newAddress("client") } }),
    });
}

/** The times of the day in view, once there are some. */
export async function shownTimes(page) {
    const times = page.locator("#times").getByRole("button", { name: /^\d\d:\d\d/ });
    await times.first().waitFor();
    return times;
}

/**
 * Chooses the first free day that is some days ahead, so that no clock can take its times while the test runs, in this month or
 * a later one, and returns its times. It reads no words, so it works in every language.
 */
export async function timesOfALaterDay(page, daysAhead = 2) {
    const from = await page.evaluate((days) => {
        const day = new Date();
        day.setDate(day.getDate() + days);
        const two = (part) => String(part).padStart(2, "0");
        return `day-${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
    }, daysAhead);
    const month = page.locator(".month:not([aria-busy])");
    for (;;) {
        await month.locator(".day").first().waitFor();
        const free = await month.locator(".day:not([aria-disabled])").evaluateAll((days) => days.map((day) => day.id));
        const id = free.find((day) => day >= from);
        if (id) {
            const day = page.locator(`[id="${id}"]`);
            const label = await day.getAttribute("aria-label");
            await day.click();
            await page.waitForFunction((label) => {
                const heading = document.querySelector("#times h2")?.textContent.trim();
                return heading && label.startsWith(heading);
            }, label);
            return shownTimes(page);
        }
        await page.locator(".month-head button").last().click();
    }
}

/** Fills in who comes. */
export async function fillDetails(page, { name, email, notes = "" }) {
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Anything we should know").fill(notes);
}
