// The app comes in parts. The pack of the one that the address asks for is fetched along with the program, not after it.
import { expect, isLeft } from "/assets/app/pieces.js";

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
// What the server wrote is seen before its fonts and styles have to share the line with all else. Where nothing is painted, as in
// a tab in the background, or nobody tells of it, the wait is short.
await new Promise((resolve) => {
    new PerformanceObserver(resolve).observe({ type: "paint", buffered: true });
    setTimeout(resolve, 100);
});
const [, part] = parts.find(([pattern]) => pattern.test(location.pathname));
// Nothing is drawn before the words are there, in the language that early.js chose.
const language = document.documentElement.lang === "de" ? "german" : "english";
expect(PACKS, SHEETS, [language, part]);
try {
    const { default: init } = await import("/assets/app/app.js");
    await init({ module_or_path: compiled });
} catch (error) {
    if (isLeft()) {
        // Whoever follows a link at once breaks off what is on its way. Who comes back begins anew.
        addEventListener("pageshow", () => location.reload(), { once: true });
    } else {
        document.getElementById("first")?.remove();
        document.getElementById("unloaded").hidden = false;
        throw error;
    }
}
