import init from "/assets/app/app.js";

await init({ module_or_path: "/assets/app/app_bg.wasm" });
