// Copies the README's pictures to docs/screenshots/ as small WebP files. Run by `make screenshots` after readme.test.js.

import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { startBrowser } from "./browser.js";

const FROM = fileURLToPath(new URL("../../artifacts/", import.meta.url));
const TO = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));
const QUALITY = 0.82;

await mkdir(TO, { recursive: true });
const browser = await startBrowser();
const page = await browser.newPage();
for (const file of await readdir(FROM)) {
    const name = file.match(/^readme-(.+)\.png$/)?.[1];
    if (!name) continue;
    const png = await readFile(FROM + file, "base64");
    const webp = await page.evaluate(
        async ([png, quality]) => {
            const image = new Image();
            image.src = `data:image/png;base64,${png}`;
            await image.decode();
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
            canvas.getContext("2d").drawImage(image, 0, 0);
            return canvas.toDataURL("image/webp", quality).split(",")[1];
        },
        [png, QUALITY],
    );
    await writeFile(`${TO}${name}.webp`, webp, "base64");
}
await browser.close();
