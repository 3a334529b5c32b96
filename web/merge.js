// Makes one WebAssembly file of many: node merge.js LIST… where each list names files, one a line, and the result lies beside
// it as LIST.wasm. A browser takes about as long to set up a small file as a large one.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import binaryen from "binaryen";

const MERGE = fileURLToPath(new URL("bin/wasm-merge", import.meta.resolve("binaryen")));
// What the splitter gives each file, and by which name; the result wants the same by another, for none of its files may give it.
const [SHARED, GIVEN] = ["__wasm_split", "given"];
const known = [
    "bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext",
].map((feature) => `--enable-${feature}`);

for (const list of process.argv.slice(2)) {
    const files = readFileSync(list, "utf8").trim().split("\n");
    const base = `${list}.base`;
    writeFileSync(base, passingOn(files));
    const named = files.flatMap((file, index) => [file, `piece${index}`]);
    const run = spawnSync(process.execPath, [MERGE, base, SHARED, ...named, "-o", `${list}.wasm`, ...known], { encoding: "utf8", maxBuffer: 1 << 30 });
    if (run.status !== 0) throw new Error(`wasm-merge: ${run.stderr.slice(0, 2000)}`);
    rmSync(base);
}

/** A module that passes on what it is given, in the sizes that the files ask for. */
function passingOn(files) {
    const wanted = new Map();
    for (const file of files) {
        const module = binaryen.readBinary(readFileSync(file));
        for (const [, name, kind, type] of module.emitText().matchAll(/\(import "__wasm_split" "(\w+)" \((\w+) \S+ (.*)\)\)\n/g)) {
            wanted.set(name, [kind, type]);
        }
        module.dispose();
    }
    const imports = [...wanted].map(([name, [kind, type]]) => `(import "${GIVEN}" "${name}" (${kind} $${name} ${type}))`);
    const exports = [...wanted].map(([name, [kind]]) => `(export "${name}" (${kind} $${name}))`);
    const module = binaryen.parseText(`(module ${imports.join(" ")} ${exports.join(" ")})`);
    return module.emitBinary();
}
