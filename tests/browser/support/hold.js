// Answers that come late.

/** Keeps back what is asked of an address. The function that it gives lets it go on. */
export async function hold(page, address, options) {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route(address, async (route) => {
        await held;
        await route.continue();
    }, options);
    return release;
}
