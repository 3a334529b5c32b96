// The simulator of Stripe on its own, so that a test can do what happens at Stripe: payouts, accounts that are restricted, refunds
// that fail.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const BINARY = fileURLToPath(new URL("../../../target/debug/stripe-simulator", import.meta.url));
const KEY = "sk_test_browser";
const SECRET = "whsec_browser";

/** Starts one; `settings` are those of a server that uses it, with an account for each provider. */
export async function startSimulator() {
    const child = spawn(BINARY, ["127.0.0.1:0", KEY], { stdio: ["ignore", "pipe", "inherit"] });
    const stopWithUs = () => child.kill();
    process.once("exit", stopWithUs);
    const address = await new Promise((resolve, reject) => {
        child.stdout.once("data", (text) => resolve(String(text).trim()));
        child.once("error", reject).once("exit", () => reject(new Error("the simulator ended")));
    });
    const ask = async (method, path, params) => {
        const response = await fetch(`${address}${path}`, {
            method,
            headers: { authorization: `Bearer ${KEY}` },
            body: params && new URLSearchParams(params),
        });
        const body = await response.json();
        if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
        return body;
    };
    return {
        settings: { STRIPE_URL: address, STRIPE_SECRET_KEY: KEY, STRIPE_WEBHOOK_SECRETS: SECRET, STRIPE_CONNECT: "true", PLATFORM_FEE_PERCENT: "5" },
        /** Sends what happens to a server. */
        tell: (server) => ask("POST", "/_sim/webhook", { url: `${server.address}/api/v1/webhooks/stripe`, secret: SECRET }),
        /** Does something, or looks into the books. */
        act: (path, params = {}) => ask("POST", `/_sim/${path}`, params),
        /** Does something in the dashboard of the one account. */
        inDashboard: (path, params = {}) => ask("POST", `/v1/${path}`, params),
        stop() {
            process.off("exit", stopWithUs);
            child.kill();
        },
    };
}
