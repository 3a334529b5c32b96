// How the app goes over the wire.

import assert from "node:assert/strict";
import { get } from "node:http";
import { after, before, test } from "node:test";

import { startServer } from "./support/server.js";

let server;
before(async () => (server = await startServer()));
after(() => server?.stop());

/** `fetch` unpacks by itself; here the answer is seen as it travels. */
function raw(path, headers = {}, method = "GET") {
    return new Promise((resolve, reject) => {
        get(server.address + path, { headers, method }, (answer) => {
            const parts = [];
            answer.on("data", (part) => parts.push(part));
            answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
        }).on("error", reject);
    });
}

async function assets() {
    const page = (await raw("/")).body.toString();
    return [...page.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path);
}

test("files with a hash in their name are packed and may be kept for ever", async () => {
    for (const path of await assets()) {
        const answer = await raw(path, { "accept-encoding": "gzip, deflate, br" });
        assert.equal(answer.status, 200, path);
        assert.equal(answer.headers["cache-control"], "public, max-age=31536000, immutable", path);
        const [wasm] = [path].filter((path) => path.endsWith(".wasm"));
        if (wasm) {
            assert.equal(answer.headers["content-type"], "application/wasm");
            assert.equal(answer.headers["content-encoding"], "br");
            assert.match(answer.headers.vary, /accept-encoding/i);
            const gzip = await raw(path, { "accept-encoding": "gzip" });
            assert.equal(gzip.headers["content-encoding"], "gzip");
            const plain = await raw(path);
            assert.equal(plain.headers["content-encoding"], undefined);
            assert.ok(answer.body.length < gzip.body.length && gzip.body.length < plain.body.length);
        }
    }
});

test("the page is asked for anew each time and costs nothing when it has not changed", async () => {
    const page = await raw("/", { accept: "text/html" });
    assert.match(page.headers["cache-control"], /no-cache/);
    const again = await raw("/", { accept: "text/html", "if-none-match": page.headers.etag });
    assert.equal(again.status, 304);
    assert.equal(again.body.length, 0);
});

test("HEAD answers with the same headers and no body", async () => {
    const [path] = await assets();
    const [whole, head] = [await raw(path), await raw(path, {}, "HEAD")];
    assert.equal(head.status, 200);
    assert.equal(head.body.length, 0);
    assert.equal(head.headers["content-length"], whole.headers["content-length"]);
    assert.equal(head.headers.etag, whole.headers.etag);
});

test("the server's own addresses are never the app", async () => {
    for (const path of ["/api/v1/nothing", "/api", "/docs/nothing/here", "/dev/nothing", "/assets/gone.js", "/.made-from"]) {
        const answer = await raw(path, { accept: "text/html" });
        assert.equal(answer.status, 404, path);
        assert.match(answer.headers["content-type"], /problem\+json/, path);
    }
});

test("an address where nothing is says so, and in the app's own words", async () => {
    for (const path of ["/nothing", "/dashboard/1/nothing", "/p", "/bookings/1/2"]) {
        const answer = await raw(path, { accept: "text/html" });
        assert.equal(answer.status, 404, path);
        assert.match(answer.headers["content-type"], /text\/html/, path);
    }
    assert.equal((await raw("/index.html", { accept: "text/html" })).status, 404);
    for (const path of ["/login", "/login/", "/dashboard/1/hours", "/manage/1"]) {
        assert.equal((await raw(path, { accept: "text/html" })).status, 200, path);
    }
});

test("scripts run from files alone", async () => {
    const { headers } = await raw("/");
    const scripts = headers["content-security-policy"].split(";").find((rule) => rule.trim().startsWith("script-src"));
    assert.doesNotMatch(scripts, /unsafe-inline/);
});
