// A first visit is light, counted as the browser counts it: the page, every file, every answer of the API, and all headers.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";

const LIMIT = 350_000;

/** Adds up what comes over the wire until everything that was asked for is there. */
async function weigh(page, path, isThere) {
    const client = await page.context().newCDPSession(page);
    const asked = new Map();
    client.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
        if (!request.url.startsWith("data:")) asked.set(requestId, { url: request.url, type });
    });
    client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
        const found = asked.get(requestId);
        if (found) found.bytes = encodedDataLength;
    });
    client.on("Network.loadingFailed", ({ requestId }) => {
        const broken = asked.get(requestId);
        if (broken) broken.bytes = 0;
    });
    await client.send("Network.enable");
    await client.send("Network.clearBrowserCache");
    await page.goto(path);
    await isThere(page);
    await page.locator("#first").waitFor({ state: "detached" });
    // The page stands. What it asked for by then belongs to it; streams of live updates never end.
    const belongs = [...asked.values()].filter(({ url }) => !/\/events/.test(url));
    await eventually("everything that was asked for", async () => belongs.every(({ bytes }) => bytes !== undefined));
    const came = belongs.filter(({ bytes }) => bytes > 0);
    await client.detach();
    return came;
}

const OWNER = { email: "provider@appointed.example", password: "calm-lantern-42" };

/** Logs in without loading anything of the app, and tells of the pages that are theirs. */
async function enter(page) {
    await page.goto("/robots.txt");
    return page.evaluate(async (owner) => {
        const body = JSON.stringify(owner);
        const session = await fetch("/api/v1/auth/login", { method: "POST", headers: { "content-type": "application/json" }, body });
        const { access_token } = await session.json();
        localStorage.setItem("appointed.session", "1");
        const me = await fetch("/api/v1/me", { headers: { authorization: `Bearer ${access_token}` } });
        return (await me.json()).providers;
    }, OWNER);
}

/** Gives their page a photo as busy as can be: a picture in which no pixel tells anything of the next. */
async function wearBusyPhoto(page, id) {
    const status = await page.evaluate(async ([id, owner]) => {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 900;
        const pen = canvas.getContext("2d");
        const noise = pen.createImageData(900, 900);
        for (let at = 0; at < noise.data.length; at += 1) noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
        pen.putImageData(noise, 0, 0);
        const photo = await new Promise((made) => canvas.toBlob(made, "image/jpeg", 0.9));
        const body = JSON.stringify(owner);
        const session = await fetch("/api/v1/auth/login", { method: "POST", headers: { "content-type": "application/json" }, body });
        const { access_token } = await session.json();
        const headers = { authorization: `Bearer ${access_token}`, "content-type": "image/jpeg", "if-match": "*" };
        return (await fetch(`/api/v1/providers/${id}/photo`, { method: "PUT", headers, body: photo })).status;
    }, [id, OWNER]);
    assert.equal(status, 200);
}

for (const locale of ["en-GB", "de-DE"]) {
    journey(`a first visit weighs at most 350 kB, wherever it begins (${locale})`, async ({ server, visitor }) => {
        // Whoever has most to show: a full list, a provider with services, a day with times.
        const provider = await server.json("/api/v1/providers/lena-brandt");
        const [service] = (await server.json(`/api/v1/providers/${provider.id}/services`)).items;
        const studio = await visitor();
        await studio.goto("/robots.txt");
        await wearBusyPhoto(studio, provider.id);
        await studio.context().close();
        const begins = [
            ["/", ".next-times a.time"],
            [`/p/${provider.slug}`, ".offered-service a.time"],
            [`/p/${provider.slug}/${service.id}`, "#times"],
            ["/account", "main form"],
            ["~/hours", "main .ruler"],
            ["~", "main .tg-item"],
        ];
        const heavy = [];
        for (const [begin, sign] of begins) {
            const page = await visitor();
            const [own] = /account|~/.test(begin) ? await enter(page) : [];
            const path = begin.replace("~", `/dashboard/${own?.provider_id}`);
            const came = await weigh(page, path, () => page.locator(sign).first().waitFor());
            const weight = came.reduce((sum, { bytes }) => sum + bytes, 0);
            const rows = came.map(({ url, bytes }) => `${bytes} ${url.replace(server.address, "")}`);
            if (process.env.WEIGH) console.log([`${weight} ${path}`, ...rows].join("\n"));
            const photos = new Set(came.map(({ url }) => url).filter((url) => url.includes("/photo?")));
            if (path.startsWith("/p/")) assert.equal(photos.size, 1, `one picture of the photo, not ${[...photos]}`);
            if (weight > LIMIT) heavy.push([`${path}: ${weight}`, ...rows].join("\n"));
            await page.context().close();
        }
        assert.deepEqual(heavy, [], `at most ${LIMIT} bytes`);
    // A file of plain text has no icon of its own, so the browser looks for one.
    }, { locale, expectedErrors: [/favicon\.ico/] });
}
