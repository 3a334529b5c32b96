// The app comes in many files, several of which a pack may hold: whoever reads and wherever a visit leads, each is set up once.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import { journey } from "./support/journey.js";
import { openProvider } from "./support/people.js";

/** Notes in the page what is set up: the address of a file, or the digest of what came out of a pack. */
function note() {
    const { instantiateStreaming } = WebAssembly;
    window.setUp = [];
    WebAssembly.instantiateStreaming = async (coming, imports) => {
        const response = await coming;
        const digest = response.clone().arrayBuffer().then((content) => crypto.subtle.digest("SHA-256", content));
        const hex = digest.then((bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
        window.setUp.push(hex.then((hex) => response.url || hex));
        return instantiateStreaming(response, imports);
    };
}

/** The rows of a pack: the names of the files in it, and the digest of their content. */
function rows(pack) {
    let start = pack.indexOf(10) + 1;
    return JSON.parse(pack.subarray(0, start).toString()).map(([length, ...names]) => {
        const content = pack.subarray(start, (start += length));
        return { names, digest: createHash("sha256").update(content).digest("hex") };
    });
}

const nameOf = (address) => address.split("/").pop();
const twice = (names) => names.filter((name, index) => names.indexOf(name) !== index);

/** Begins a visit and tells of the files that came and of those that were set up. */
async function visit(page) {
    const coming = [];
    page.on("requestfinished", (request) => {
        if (/\.(pack|wasm)$/.test(request.url())) coming.push(request.response().then(async (response) => [request.url(), await response.body()]));
    });
    await page.addInitScript(note);
    const arrived = async () => {
        const files = await Promise.all(coming);
        const packs = files.filter(([address]) => address.endsWith(".pack")).map(([, content]) => rows(content));
        const single = files.filter(([address]) => address.endsWith(".wasm")).map(([address]) => [nameOf(address)]);
        return { packs, names: [...packs.flat().map(({ names }) => names), ...single].flat() };
    };
    const setUp = async () => {
        const { packs } = await arrived();
        const known = new Map(packs.flat().map(({ names, digest }) => [digest, names]));
        const noted = await page.evaluate(() => Promise.all(window.setUp));
        return noted.flatMap((what) => known.get(what) ?? [nameOf(what)]);
    };
    return { arrived, setUp };
}

const WORDS = {
    "en-GB": { home: /Book a time that is really free/, picker: "Choose a time", logIn: "Log in" },
    "de-DE": { home: /Termine buchen, die wirklich frei sind/, picker: "Zeit wählen", logIn: "Anmelden" },
};

for (const [locale, words] of Object.entries(WORDS)) {
    journey(`each file comes once and is set up once (${locale})`, async ({ server, visitor }) => {
        const provider = await openProvider(server, { name: "Praxis am Ufer" });
        const beginnings = [
            ["/", words.home],
            [`/p/${provider.slug}`, "Praxis am Ufer"],
            [provider.path, words.picker],
            ["/login", words.logIn],
        ];
        for (const [path, name] of beginnings) {
            const page = await visitor();
            const { arrived, setUp } = await visit(page);
            await page.goto(path);
            await page.getByRole("heading", { level: 1, name }).waitFor();
            await page.locator("#first").waitFor({ state: "detached" });
            const { names } = await arrived();
            assert.ok(names.length > 50, "the app is in parts");
            assert.deepEqual(twice(names), [], `what comes to ${path} comes once`);
            assert.deepEqual(twice(await setUp()), [], `what runs on ${path} runs once`);

            // Further parts share files with those that are there, and their packs have all of theirs.
            await page.getByRole("banner").getByRole("link", { name: "Appointed" }).click();
            await page.getByRole("heading", { level: 1, name: words.home }).waitFor();
            await page.getByRole("link", { name: "Praxis am Ufer" }).first().click();
            await page.getByRole("heading", { level: 1, name: "Praxis am Ufer" }).waitFor();
            await page.getByRole("banner").getByRole("link", { name: words.logIn }).click();
            await page.getByRole("heading", { level: 1, name: words.logIn }).waitFor();
            assert.deepEqual(twice(await setUp()), [], `nothing runs twice after ${path}`);
        }
    }, { locale });
}
