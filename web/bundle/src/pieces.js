// Where the app's parts come from: on a first visit out of packs, each of which holds all files of a part; later one by one.
let packs = [];

/** Begins to fetch packs; until they are here, whoever asks for a file waits for them. */
export function expect(addresses) {
    packs = addresses.map((address) => fetch(address).then(open).catch(() => new Map()));
}

/** A file by its address, as `fetch` would give it. */
export async function piece(url) {
    const name = url.pathname.split("/").pop();
    for (const pack of await Promise.all(packs)) {
        const content = pack.get(name);
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
