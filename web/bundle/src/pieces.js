// Where the app's parts come from: out of packs, each of which holds all files of a part, or what a page still lacks for something
// that is opened on it.
let table = {};
let sheets = {};
const packs = {};
const styled = {};
let firsts = [];

/** Tells where the pack and the styles of each part are, and begins to fetch those with which this visit begins. */
export function expect(addresses, styles, parts) {
    table = addresses;
    sheets = styles;
    for (const part of parts) begin(part, `${part}.first`);
    firsts = Object.values(packs);
}

/** Begins to fetch the pack of a part, if it has one; until it is here, whoever asks for a file waits for it. */
export function begin(part, name = part) {
    if (!(part in table)) return;
    // Nothing of a part is drawn before its styles are there.
    if (packs[part]) return;
    const pack = Promise.all([fetch(table[name] ?? table[part]).then(open), ...(sheets[part] ?? []).map(style)]).then(([files]) => files);
    packs[part] = pack;
    // Whoever waits for it is told; the pack is asked for again another time.
    pack.catch(() => {
        delete packs[part];
        firsts = firsts.filter((first) => first !== pack);
    });
}

/** Puts a style sheet on the page, once. */
function style(address) {
    styled[address] ??= new Promise((resolve, reject) => {
        const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: resolve });
        sheet.onerror = () => {
            sheet.remove();
            delete styled[address];
            reject(new TypeError(`${address} did not come`));
        };
        document.head.append(sheet);
    });
    return styled[address];
}

/** Where a file comes from, by its address. */
export async function piece(url) {
    const name = url.pathname.split("/").pop();
    // Those with which the visit begins have files merged into one, and what runs already must not be set up again by itself.
    // Of the others, the one that was asked for last is the likeliest.
    try {
        let missing;
        for (const pack of new Set([...firsts, ...Object.values(packs).reverse()])) {
            try {
                const found = (await pack).get(name);
                if (found) return found;
            } catch (error) {
                missing = error;
            }
        }
        // Whoever cannot have the pack need not try for the hundred files in it.
        if (missing) throw missing;
        return { response: await fetch(url) };
    } catch (error) {
        return unlessLeft(error);
    }
}

/** Whoever leaves the page breaks off what is on its way, which is no failure. */
async function unlessLeft(error) {
    if (left) await new Promise(() => {});
    throw error;
}

/** Sets a file up. Several that are merged into one are set up together, once. */
export async function instantiate(coming, imports) {
    const found = await coming;
    found.running ??= WebAssembly.instantiateStreaming(found.response ?? program(found.content), {
        ...imports,
        given: imports.__wasm_split,
    }).catch(unlessLeft);
    return found.running;
}

let left = false;

/** Whether the page is being left. */
export const isLeft = () => left;
addEventListener("pagehide", () => (left = true));
addEventListener("pageshow", () => (left = false));

function program(content) {
    return new Response(content, { headers: { "Content-Type": "application/wasm" } });
}

/** A pack begins with a line of JSON, lengths and names; the contents follow in that order. */
async function open(response) {
    if (!response.ok) throw new TypeError(`${response.url}: ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    let start = bytes.indexOf(10) + 1;
    const files = new Map();
    for (const [length, ...names] of JSON.parse(new TextDecoder().decode(bytes.subarray(0, start)))) {
        const found = { content: bytes.subarray(start, (start += length)) };
        for (const name of names) files.set(name, found);
    }
    return files;
}
