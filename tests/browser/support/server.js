// A server of the test's own: the real binary with a private cluster in a new folder, on a free port.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { eventually } from "./eventually.js";

const BINARY = process.env.APPOINTED ?? fileURLToPath(new URL("../../../target/debug/appointed", import.meta.url));
const START_SECONDS = 60;

/** Starts a server with further settings (environment variables) and waits until it is ready. */
export async function startServer(settings = {}) {
    const data = await mkdtemp(join(tmpdir(), "appointed-browser-"));
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const { PATH, HOME } = process.env;
    const child = spawn(BINARY, ["serve"], {
        env: { PATH, HOME, LISTEN: `127.0.0.1:${port}`, BASE_URL: address, DATA_DIR: data, ...settings },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let log = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (log += text));
    const gone = new Promise((resolve, reject) => child.once("exit", resolve).once("error", reject));
    const stopWithUs = () => child.kill("SIGTERM");
    process.once("exit", stopWithUs);

    const server = {
        address,
        /** The folder in which it keeps everything. */
        data,
        /** What the server has said so far. */
        log: () => log,
        /** The answer to a request, as JSON. */
        async json(path, options) {
            const response = await fetch(address + path, options);
            if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
            return response.json();
        },
        /** The newest mail to an address whose subject matches, as soon as it is there. */
        async mail(to, subject = /./) {
            return eventually(`a mail to ${to}`, async () => {
                const { items } = await server.json(`/dev/outbox.json?to=${encodeURIComponent(to)}`);
                return items.find((mail) => subject.test(mail.subject));
            });
        },
        async stop() {
            process.off("exit", stopWithUs);
            child.kill("SIGTERM");
            await gone;
            await rm(data, { recursive: true, force: true });
        },
    };
    const isReady = () => fetch(`${address}/readyz`).then((response) => response.ok, () => false);
    const ended = gone.then((code) => {
        throw new Error(`the server ended (${code}):\n${log}`);
    });
    ended.catch(() => {});
    try {
        await Promise.race([ended, eventually("a ready server", isReady, START_SECONDS)]);
    } catch (error) {
        await server.stop();
        throw error;
    }
    return server;
}

/** A port that is free now. Links in mails hold it, so it must be known before the server starts. */
function freePort() {
    return new Promise((resolve, reject) => {
        const probe = createServer().once("error", reject);
        probe.listen(0, "127.0.0.1", () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}
