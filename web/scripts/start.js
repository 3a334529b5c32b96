// The provider's side is a program of its own, so that customers do not load it. Code and glue are fetched together.
const desk = /^\/dashboard(\/|$)/.test(location.pathname);
const [glue, code] = desk
    ? ["/assets/desk/app.js", "/assets/desk/app_bg.wasm"]
    : ["/assets/site/app.js", "/assets/site/app_bg.wasm"];

const compiled = fetch(code);
const { default: init } = await import(glue);
await init({ module_or_path: compiled });
