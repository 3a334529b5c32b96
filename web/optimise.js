// Makes WebAssembly small: node optimise.js FILE.wasm… writes FILE.small beside each.
// One process for many files, for starting the optimiser takes longer than most of them.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";

// What the compiler uses and every current browser knows.
const { BulkMemory, BulkMemoryOpt, Multivalue, MutableGlobals, NontrappingFPToInt, ReferenceTypes, SignExt } = binaryen.Features;
const known = BulkMemory | BulkMemoryOpt | Multivalue | MutableGlobals | NontrappingFPToInt | ReferenceTypes | SignExt;

binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);
for (const file of process.argv.slice(2)) {
    const module = binaryen.readBinary(readFileSync(file));
    module.setFeatures(known);
    module.runPasses(["strip-debug", "strip-producers", "strip-target-features"]);
    module.optimize();
    // A result that is there is whole.
    const result = file.replace(/\.wasm$/, ".small");
    writeFileSync(`${result}.partial`, module.emitBinary());
    renameSync(`${result}.partial`, result);
    module.dispose();
}
