// A provider's face to the world: the photo, the preview, the page itself, and handing it on.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import jsQR from "jsqr";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { PASSWORD, openProvider } from "./support/people.js";

async function logIn(page, email, next) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL((url) => url.pathname === next);
}

/** A picture as a phone might take it: wider than high, with somebody left of the middle. */
async function takePhoto(page, width = 1600, height = 1000) {
    const base64 = await page.evaluate(([width, height]) => {
        const canvas = document.createElement("canvas");
        Object.assign(canvas, { width, height });
        const pen = canvas.getContext("2d");
        const sky = pen.createLinearGradient(0, 0, width, height);
        sky.addColorStop(0, "#cfe0d4");
        sky.addColorStop(1, "#bf6b4c");
        pen.fillStyle = sky;
        pen.fillRect(0, 0, width, height);
        const person = (colour, x, y, rx, ry) => {
            pen.fillStyle = colour;
            pen.beginPath();
            pen.ellipse(x * width, y * height, rx * height, ry * height, 0, 0, 7);
            pen.fill();
        };
        person("#2f6d54", 0.4, 1.05, 0.36, 0.4);
        person("#efc8a8", 0.4, 0.45, 0.19, 0.25);
        return canvas.toDataURL("image/jpeg").split(",")[1];
    }, [width, height]);
    return { name: "me.jpg", mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") };
}

/** What an image on the page says to a phone's camera. */
async function scan(page, url) {
    const { data, side } = await page.evaluate(async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const side = 600;
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = side;
        const pen = canvas.getContext("2d");
        pen.drawImage(image, 0, 0, side, side);
        return { data: [...pen.getImageData(0, 0, side, side).data], side };
    }, url);
    return jsQR(Uint8ClampedArray.from(data), side, side)?.data;
}

journey("a photo is chosen, cut by keys, shown and removed", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Studio Linde" });
    await logIn(page, provider.email, `/dashboard/${provider.id}/profile`);
    const photo = page.getByRole("region", { name: "Photo" });
    await photo.waitFor();
    await page.getByLabel("In one line").fill("Typed before, kept after");
    const choose = (file) => page.locator("input[type=file]").setInputFiles(file);

    await choose({ name: "me.png", mimeType: "image/png", buffer: Buffer.from("<svg onload=alert(1)>") });
    await page.getByText("This file is not a picture").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    await choose(await takePhoto(page, 120, 400));
    await page.getByText("This picture is too small.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();

    await choose(await takePhoto(page));
    const frame = page.getByRole("application", { name: "The square that is shown" });
    await frame.waitFor();
    await checkAccessibility(page);
    const place = () => frame.locator("img").evaluate((image) => [image.style.width, image.style.left, image.style.top]);
    assert.deepEqual(await place(), ["160%", "-30%", "0%"], "the largest square in the middle");
    await frame.focus();
    for (let i = 0; i < 5; i += 1) await page.keyboard.press("Shift+ArrowLeft");
    assert.deepEqual(await place(), ["160%", "0%", "0%"], "it stops at the edge");
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowDown");
    const [zoomed] = await place();
    assert.equal(zoomed, "176%");
    const box = await frame.boundingBox();
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 100);
    await page.mouse.up();
    assert.notDeepEqual((await place())[1], "0%", "dragging moves it");
    await photograph(page, "photo-crop");

    await page.getByRole("button", { name: "Use this photo" }).click();
    await page.getByText("Your page shows the photo.").waitFor();
    await photo.getByRole("button", { name: "Remove photo" }).waitFor();
    assert.equal(await page.getByLabel("In one line").inputValue(), "Typed before, kept after");
    await photograph(page, "photo-profile");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();

    await page.goto(`/p/${provider.slug}`);
    await page.getByRole("heading", { name: "Studio Linde" }).waitFor();
    const image = page.locator(".provider-card-large img");
    await eventually("the photo", () => image.evaluate((image) => image.naturalWidth === 240 && image.naturalHeight === 240));
    const head = await (await page.request.get(`/p/${provider.slug}`)).text();
    assert.match(head, /<title>Studio Linde · Appointed<\/title>/);
    assert.match(head, /og:image" content="http[^"]+\/photo\?v=/);
    assert.match(head, /og:description" content="Typed before, kept after"/);

    await page.goto(`/dashboard/${provider.id}/profile`);
    await photo.getByRole("button", { name: "Remove photo" }).click();
    await page.getByText("The photo is removed.").waitFor();
    assert.match(await photo.locator("img").getAttribute("src"), /portrait$/);
});

journey("the page is seen before it is published, then shared", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await openProvider(server, { name: "Werkstatt Ahorn" });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await logIn(page, provider.email, `/dashboard/${provider.id}/profile`);
    await page.getByRole("button", { name: "Hide the page" }).click();
    await page.getByRole("link", { name: "Preview" }).click();
    await page.getByText("This is how customers will see it.").waitFor();
    await page.getByRole("heading", { name: "Werkstatt Ahorn", level: 1 }).waitFor();
    await page.getByRole("link", { name: /^Book Consultation/ }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "preview");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("This is how customers see it").waitFor();

    await page.getByRole("button", { name: "Share" }).click();
    const code = page.getByRole("img", { name: /^QR code that leads to/ });
    await code.waitFor();
    const address = `${server.address}/p/${provider.slug}`;
    assert.equal(await page.getByLabel("Link to your page").inputValue(), address);
    await checkAccessibility(page);
    await photograph(page, "share");
    assert.equal(await scan(page, await code.getAttribute("src")), address);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "PNG" }).click()]);
    assert.equal(download.suggestedFilename(), `${provider.slug}.png`);
    const png = await readFile(await download.path());
    assert.equal(await scan(page, `data:image/png;base64,${png.toString("base64")}`), address);
    const [drawing] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "SVG" }).click()]);
    assert.match(await readFile(await drawing.path(), "utf8"), /^<svg /);
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByText("The link is copied.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);
});

journey("a page tells who, where, when and what, and books at once", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const { items } = await server.json("/api/v1/providers?limit=100");
    const provider = items.find((one) => one.time_zone === "Europe/Berlin" && one.next_slots.length > 0);
    const requests = [];
    page.on("request", (request) => request.url().includes("/api/v1/") && requests.push(new URL(request.url()).pathname));
    await page.goto(`/p/${provider.slug}`);
    await page.getByRole("heading", { name: provider.name, level: 1 }).waitFor();
    await page.getByRole("link", { name: /^Book / }).first().waitFor();
    assert.equal(requests.filter((path) => path.endsWith("/next-slots")).length, 1, "one request for all services");
    assert.equal(requests.filter((path) => path.endsWith("/slots")).length, 0);
    const hours = page.getByRole("region", { name: "Hours" });
    assert.equal(await hours.locator("table").first().getByRole("row").count(), 7);
    await hours.getByRole("row", { name: /Today/ }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "provider-page");

    const far = await visitor({ timezoneId: "America/New_York" });
    await far.goto(`/p/${provider.slug}`);
    await far.getByText(/Berlin \(GMT\+[12]\), now \d\d:\d\d/).waitFor();

    await page.setViewportSize({ width: 390, height: 844 });
    const bar = page.locator(".book-bar");
    await bar.getByRole("link", { name: "Book", exact: true }).click();
    await page.getByLabel("Name").waitFor();
    assert.match(page.url(), /start=/);
});
