// Waiting for a condition, never for a time.

import { setTimeout as pause } from "node:timers/promises";

/** What `look` finds, once it finds something. */
export async function eventually(what, look, seconds = 10) {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
        const found = await look();
        if (found) return found;
        if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}`);
        await pause(25);
    }
}
