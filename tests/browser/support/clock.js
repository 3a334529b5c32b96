// The platform's clock, which the database keeps: a test moves it where a person would wait.

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** Moves the clock of a server on, by an interval as PostgreSQL reads it. */
export async function advance(server, by) {
    // PostgreSQL notes the folder of its socket in the fifth line.
    const note = await readFile(`${server.data}/postgres/data/postmaster.pid`, "utf8");
    const sql = `update clock set offset_by = offset_by + interval '${by}'`;
    await promisify(execFile)("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", note.split("\n")[4], "-U", "appointed", "-d", "appointed", "-c", sql]);
}
