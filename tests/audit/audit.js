// What Lighthouse says of the pages that a customer sees first: mobile preset, default throttling, the median of three runs.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

process.env.APPOINTED ??= fileURLToPath(new URL("../../target/release/appointed", import.meta.url));
const { startServer } = await import("../browser/support/server.js");

const RUNS = 3;
const GOAL = 95;
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

const server = await startServer();
const chrome = await launch({ chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromeFlags: FLAGS });
try {
    const { items } = await server.json("/api/v1/providers?limit=20");
    const provider = items.find((card) => card.next_service_id && card.next_slots.length > 0);
    assert(provider, "a demo provider has free times");
    const pages = { home: "/", provider: `/p/${provider.slug}`, picker: `/p/${provider.slug}/${provider.next_service_id}` };
    console.log(row("page", ...CATEGORIES, "first paint", "largest", "blocked", "shift"));
    for (const [name, path] of Object.entries(pages)) {
        const runs = [];
        for (let run = 0; run < RUNS; run++) {
            const { lhr } = await lighthouse(server.address + path, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "silent" });
            runs.push(lhr);
        }
        const scores = CATEGORIES.map((category) => median(runs.map((run) => Math.round(run.categories[category].score * 100))));
        const value = (audit) => median(runs.map((run) => run.audits[audit].numericValue));
        const seconds = (audit) => `${(value(audit) / 1000).toFixed(1)} s`;
        console.log(row(
            name,
            ...scores.map((score) => (score < GOAL ? `${score} (below ${GOAL})` : `${score}`)),
            seconds("first-contentful-paint"),
            seconds("largest-contentful-paint"),
            `${Math.round(value("total-blocking-time"))} ms`,
            value("cumulative-layout-shift").toFixed(3),
        ));
        for (const category of CATEGORIES.slice(1)) {
            const failed = runs[0].categories[category].auditRefs.map(({ id }) => runs[0].audits[id]).filter(({ score }) => score !== null && score < 1);
            for (const { title } of failed) console.log(`    ${category}: ${title}`);
        }
    }
} finally {
    chrome.kill();
    await server.stop();
}

function median(values) {
    return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function row(...cells) {
    return cells.map((cell, index) => String(cell).padEnd(index === 0 ? 10 : 16)).join("").trimEnd();
}
