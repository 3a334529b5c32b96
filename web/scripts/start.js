// The app comes in parts. The pack of the one that the address asks for is fetched along with the program, not after it.
import { expect } from "/assets/app/pieces.js";

const parts = [
    [/^\/$/, "front"],
    [/^\/(p|booked)\//, "booking"],
    [/^\/pay\//, "till"],
    [/^\/dashboard\/(new$|[^/]+\/welcome(\/|$))/, "welcome"],
    [/^\/dashboard\/[^/]+\/profile$/, "profile"],
    [/^\/dashboard\/[^/]+\/services(\/|$)/, "services"],
    [/^\/dashboard\/[^/]+\/hours$/, "hours"],
    [/^\/dashboard\/[^/]+\/payments$/, "payments"],
    [/^\/dashboard\/[^/]+\/preview$/, "preview"],
    [/^\/dashboard\/[^/]+\/book$/, "entry"],
    [/^\/dashboard(\/|$)/, "desk"],
    [/^\/dev\//, "gallery"],
    [/^\/admin(\/|$)/, "administration"],
    [/./, "person"],
];

const compiled = fetch("/assets/app/app_bg.wasm");
const [, part] = parts.find(([pattern]) => pattern.test(location.pathname));
// Nothing is drawn before the words are there, in the language that early.js chose.
const language = document.documentElement.lang === "de" ? "german" : "english";
expect(PACKS, SHEETS, [language, part]);
try {
    const { default: init } = await import("/assets/app/app.js");
    await init({ module_or_path: compiled });
} catch (error) {
    document.getElementById("first")?.remove();
    document.getElementById("unloaded").hidden = false;
    throw error;
}
