// The pictures in the README, of the demo data as it stands. `make screenshots` copies them.

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { timesOfALaterDay } from "./support/people.js";

const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 800 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

async function take(page, name) {
    await page.evaluate(() => document.fonts.ready);
    await eventually("pictures", () => page.evaluate(() => [...document.images].every((image) => image.complete)));
    await page.screenshot({ path: `../artifacts/readme-${name}.png` });
}

async function atPicker(page) {
    await page.goto("/p/lena-brandt");
    await page.getByRole("link", { name: /^More times for/ }).first().click();
    await timesOfALaterDay(page);
    await page.mouse.move(0, 0);
}

journey("pictures for the README", async ({ visitor }) => {
    const light = await visitor({ ...WIDE, colorScheme: "light" });
    await light.goto("/");
    await light.locator(".next-times a.time").nth(8).waitFor();
    await take(light, "home");
    await atPicker(light);
    await take(light, "picker");

    const phone = await visitor({ ...PHONE, colorScheme: "dark" });
    await phone.goto("/p/lena-brandt");
    await phone.locator(".offered-service a.time").first().waitFor();
    await take(phone, "phone");

    for (const colorScheme of ["light", "dark"]) {
        const desk = await visitor({ ...WIDE, colorScheme });
        await desk.goto(`/login?next=${encodeURIComponent("/dashboard")}`);
        await desk.getByLabel("E-mail").fill("provider@appointed.example");
        await desk.getByLabel("Password", { exact: true }).fill("calm-lantern-42");
        await desk.getByRole("button", { name: "Log in" }).click();
        await desk.locator(".tg-item").nth(3).waitFor();
        await take(desk, `agenda-${colorScheme}`);
    }
});
