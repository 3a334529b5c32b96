// A finger on the glass: real touch events, which Playwright itself knows only as taps.

/** The means to put a finger down on a page, to move and to lift it. */
export async function finger(page) {
    const client = await page.context().newCDPSession(page);
    const send = (type, points) => client.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    let at;
    return {
        async down(point) {
            at = point;
            await send("touchStart", [at]);
        },
        /** Moves there in small steps, as fingers do. */
        async move(to, steps = 8) {
            const from = at;
            for (let step = 1; step <= steps; step += 1) {
                at = { x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps };
                await send("touchMove", [at]);
            }
        },
        up: () => send("touchEnd", []),
    };
}

/** A phone that is held in the hand. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** The middle of something on the page. */
export async function middle(locator) {
    const box = await locator.boundingBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
