// Hours that lie here unsaved while others are saved elsewhere: both are kept until somebody chooses.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { logIn, openProvider } from "./support/people.js";

const rival = (page) => page.getByText("These hours were saved elsewhere after you had begun to change them.");
const until = (page, day) => page.getByLabel(`${day} until, 1`).inputValue();

/** Monday is changed here and not saved, Monday and Friday are saved elsewhere; a second tab comes to `path`. */
async function twoWeeks({ page, server }, path) {
    const provider = await openProvider(server, { name: "Two Weeks" });
    const at = `/dashboard/${provider.id}/${path}`;
    await logIn(page, provider.email, at);
    await page.getByLabel("Monday until, 1").fill("15:00");
    await page.getByLabel("Monday from, 1").fill("10:00");
    await page.waitForFunction((name) => localStorage.getItem(name)?.includes("10:00"), `appointed.hours.${provider.id}`);
    const saved = async () => {
        const { version, weekly } = await provider.call("GET", `/providers/${provider.id}/schedule`);
        return { version, weekly, on: (day) => weekly.filter((window) => window.day === day).map(({ start, end }) => `${start}-${end}`) };
    };
    const { version, weekly } = await saved();
    const changed = weekly.map((window) => (/monday|friday/.test(window.day) ? { ...window, start: "08:00", end: "12:00" } : window));
    await provider.call("PUT", `/providers/${provider.id}/schedule/weekly`, { weekly: changed }, version);
    const other = await page.context().newPage();
    await other.goto(at);
    await rival(other).waitFor();
    await other.getByText("Monday: saved 08:00–12:00, here 10:00–15:00").waitFor();
    assert.equal(await until(other, "Monday"), "15:00", "what was left unsaved is still here");
    return { other, saved, at };
}

journey("hours that were left unsaved do not take the place of newer ones unasked", async ({ page, server, photograph, checkAccessibility }) => {
    const { other, saved } = await twoWeeks({ page, server }, "hours");
    assert.ok(await other.getByRole("button", { name: "Save hours" }).isDisabled());
    await checkAccessibility(other);
    await photograph(other, "hours-rival");
    await other.getByRole("button", { name: "Keep my changes" }).click();
    await rival(other).waitFor({ state: "detached" });
    assert.deepEqual([await until(other, "Monday"), await until(other, "Friday")], ["15:00", "12:00"]);
    await other.getByRole("button", { name: "Save hours" }).click();
    await other.getByText("The hours are saved.").waitFor();
    const { on } = await saved();
    assert.deepEqual([on("monday"), on("friday")], [["10:00-15:00"], ["08:00-12:00"]]);
});

journey("the newer hours can be taken instead, and the question is not asked again", async ({ page, server }) => {
    const { other, saved, at } = await twoWeeks({ page, server }, "hours");
    await other.getByRole("button", { name: "Take the saved hours" }).click();
    await rival(other).waitFor({ state: "detached" });
    assert.equal(await until(other, "Monday"), "12:00");
    assert.ok(await other.getByRole("button", { name: "Save hours" }).isDisabled(), "there is nothing to save");
    await other.goto(at);
    await other.getByLabel("Monday until, 1").waitFor();
    assert.equal(await until(other, "Monday"), "12:00");
    assert.equal(await rival(other).count(), 0);
    assert.deepEqual((await saved()).on("monday"), ["08:00-12:00"]);
});

journey("other changes of the schedule do not ask anything of who left hours unsaved", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "One Week" });
    const at = `/dashboard/${provider.id}/hours`;
    await logIn(page, provider.email, at);
    await page.getByLabel("Monday until, 1").fill("15:00");
    await page.waitForFunction((name) => localStorage.getItem(name)?.includes("15:00"), `appointed.hours.${provider.id}`);
    const { version } = await provider.call("GET", `/providers/${provider.id}/schedule`);
    const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
    await provider.call("PUT", `/providers/${provider.id}/schedule/exceptions/${day}`, { windows: [] }, version);
    const other = await page.context().newPage();
    await other.goto(at);
    await other.getByText("These are the changes that you had not saved.").waitFor();
    assert.equal(await rival(other).count(), 0);
    await other.getByRole("button", { name: "Save hours" }).click();
    await other.getByText("The hours are saved.").waitFor();
});

journey("the way to a page asks as well", async ({ page, server, photograph, checkAccessibility }) => {
    const { other, saved } = await twoWeeks({ page, server }, "welcome/hours");
    assert.ok(await other.getByRole("button", { name: "Continue" }).isDisabled());
    await checkAccessibility(other);
    await photograph(other, "welcome-rival");
    await other.getByRole("button", { name: "Keep my changes" }).click();
    await other.getByRole("button", { name: "Continue" }).click();
    await other.waitForURL((url) => url.pathname.endsWith("/welcome/preview"));
    const { on } = await saved();
    assert.deepEqual([on("monday"), on("friday")], [["10:00-15:00"], ["08:00-12:00"]]);
});
