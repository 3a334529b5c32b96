// One journey: a person, or several, in real browsers against a real server.

import { mkdir } from "node:fs/promises";
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import AxeBuilder from "@axe-core/playwright";

import { VISITOR, startBrowser } from "./browser.js";
import { startServer } from "./server.js";

// A picture of a long page takes a busy machine a while, in milliseconds.
const PICTURE = 60_000;
const ARTIFACTS = fileURLToPath(new URL("../../artifacts/", import.meta.url));
const WIDTHS = [390, 768, 1440];

// One of each for a file of tests, started by the first journey.
let running;
let settings = async () => ({});

/** For a whole file: what says how its server is set up, asked once before it starts. */
export function serverSettings(make) {
    settings = make;
}

function start() {
    const server = async () => startServer(await settings());
    running ??= Promise.all([server(), startBrowser(), mkdir(ARTIFACTS, { recursive: true })]);
    return running;
}

after(async () => {
    if (!running) return;
    const [server, browser] = await running;
    await browser.close();
    await server.stop();
});

/**
 * Registers a test. `walk` gets `{ page, server, visitor, photograph, checkAccessibility }`.
 *
 * A message on the browser's console that is an error fails the journey, unless one of `expectedErrors` matches it
 * (Chromium reports each refused request as one).
 */
export function journey(name, walk, { expectedErrors = [], ...visitorOptions } = {}) {
    test(name, async () => {
        const [server, browser] = await start();
        const contexts = [];
        const errors = [];
        /** A new person: a browser of their own that knows nothing of the others. */
        const visitor = async (options = {}) => {
            const context = await browser.newContext({ baseURL: server.address, ...VISITOR, ...visitorOptions, ...options });
            contexts.push(context);
            const page = await context.newPage();
            page.setDefaultTimeout(10_000);
            page.on("pageerror", (error) => errors.push(`${page.url()}: ${error}`));
            page.on("console", (message) => {
                if (message.type() === "error") errors.push(`${page.url()}: ${message.text()} ${message.location().url}`);
            });
            return page;
        };
        try {
            const page = await visitor();
            await walk({ page, server, visitor, photograph, checkAccessibility });
            const unexpected = errors.filter((text) => !expectedErrors.some((expected) => expected.test(text)));
            assert.deepEqual(unexpected, [], "the browser's console is clean");
        } catch (error) {
            for (const [number, context] of contexts.entries()) {
                for (const page of context.pages()) {
                    // What failed is told even where no picture can be had.
                    await page.screenshot({ path: `${ARTIFACTS}failed-${slug(name)}-${number + 1}.png`, fullPage: true }).catch(() => {});
                }
            }
            console.error([...errors, server.log().slice(-4000)].join("\n"));
            throw error;
        } finally {
            for (const context of contexts) await context.close();
        }
    });
}

/** Pictures of a page at each width, light and dark, in `tests/artifacts/`; of the window alone where a dialog is what counts. */
export async function photograph(page, name, { fullPage = true } = {}) {
    const before = page.viewportSize();
    await page.evaluate(() => document.fonts.ready);
    for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 900 });
            await page.screenshot({ path: `${ARTIFACTS}${name}-${width}-${colorScheme}.png`, fullPage, timeout: PICTURE });
        }
    }
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize(before);
}

/** Fails where the page keeps somebody out, by day or by night. */
export async function checkAccessibility(page) {
    const { violations } = await new AxeBuilder({ page }).analyze();
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze();
    await page.emulateMedia({ colorScheme: null });
    violations.push(...dark.violations);
    const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
    assert.deepEqual(found, [], "axe finds nothing");
}

function slug(text) {
    return text.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
