// Where the app's parts come from: out of packs, each of which holds all files of a part. What is opened on a page is small and
// comes file by file.
let table = {};
const packs = {};

/** Tells where the pack of each part is, and begins to fetch some. */
export function expect(addresses, parts) {
    table = addresses;
    parts.forEach(begin);
}

/** Begins to fetch the pack of a part, if it has one; until it is here, whoever asks for a file waits for it. */
export function begin(part) {
    if (!(part in table) || part.endsWith("later")) return;
    packs[part] ??= fetch(table[part])
        .then(open)
        .catch(() => {
            // Its files are asked for one by one, and the pack again another time.
            delete packs[part];
            return new Map();
        });
}

/** A file by its address, as `fetch` would give it. */
export async function piece(url) {
    const name = url.pathname.split("/").pop();
    // The pack that was asked for last is the likeliest.
    for (const pack of Object.values(packs).reverse()) {
        const content = (await pack).get(name);
        if (content) return program(content);
    }
    try {
        const response = await fetch(url);
        return response.ok ? program(await response.arrayBuffer()) : response;
    } catch (error) {
        // Whoever leaves the page breaks off what is on its way, which is no failure.
        if (left) await new Promise(() => {});
        throw error;
    }
}

let left = false;
addEventListener("pagehide", () => (left = true));
addEventListener("pageshow", () => (left = false));

function program(content) {
    return new Response(content, { headers: { "Content-Type": "application/wasm" } });
}

/** A pack begins with a line of JSON, names and lengths; the contents follow in that order. */
async function open(response) {
    if (!response.ok) return new Map();
    const bytes = new Uint8Array(await response.arrayBuffer());
    let start = bytes.indexOf(10) + 1;
    const table = JSON.parse(new TextDecoder().decode(bytes.subarray(0, start)));
    return new Map(table.map(([name, length]) => [name, bytes.subarray(start, (start += length))]));
}
