// Makes scripts and style sheets small: node minify.js FILE… rewrites each.
import { readFileSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { transformSync } from "esbuild";

for (const file of process.argv.slice(2)) {
    const loader = extname(file).slice(1);
    // What a sheet nests, and what a script may call itself, stays.
    const { code } = transformSync(readFileSync(file, "utf8"), { loader, minify: true, target: "esnext", logLevel: "error" });
    writeFileSync(file, code);
}
