// Nobody loses their place: where what has the focus goes away, the focus goes to what stands nearest to where it was. And where a
// dialog lies over the page, the notes about what was done go along.

// Who knows a better place gives the focus with the next frame; only so many milliseconds after that one is it taken for lost.
const SETTLES = 120;
const PRESSED = "a[href], button:enabled, input:enabled";

// Where the focus was on the page and in each dialog above it: the element, what is around it, what is around that …, each with
// its number among its neighbours.
let places = [];
let waits = false;

const seen = (element) => element?.getBoundingClientRect().width > 0;
const seenIn = (element, what) => [element.querySelector(what)].find(seen);

function note({ target }) {
    const dialog = target.closest("dialog");
    const way = [];
    for (let element = target; element; element = element === dialog ? null : element.parentElement) {
        way.push({ element, number: [...(element.parentElement?.children ?? [])].indexOf(element) });
    }
    places = [...places.filter((known) => known.dialog !== dialog), { dialog, way }];
}

// What the Tab key stops at, what can be pressed in a row, or the heading of a part of the page; lesser headings name but one of
// the things in it. Beyond the page's own part, only its main heading will do.
function around(element) {
    if (element.getAttribute("tabindex") === "0") return element;
    if (element.matches("li, tr")) return seenIn(element, PRESSED);
    return seenIn(element, element.matches("body, html") ? "main h1" : "h1, h2, legend");
}

function nearest(way) {
    const from = way.findIndex(({ element }) => element.isConnected && seen(element));
    const [gone, { element: place }] = [way[from - 1], way[from]];
    // The row that has taken the place of one.
    const row = gone?.element.matches("li, tr") && (place.children[gone.number] ?? place.lastElementChild);
    return way.slice(from).reduce((found, { element }) => found || around(element), row && seenIn(row, PRESSED));
}

function settle() {
    waits = false;
    const open = places.filter(({ dialog }) => !dialog || (dialog.isConnected && dialog.open));
    const closed = open.length < places.length;
    places = open;
    const place = places.at(-1);
    if (!place?.way.length || (document.activeElement ?? document.body) !== document.body) return;
    const [{ element: first }] = place.way;
    const there = first.isConnected && seen(first) && !first.matches(":disabled");
    // Whoever pressed beside everything has let go of it.
    if (there && !closed) {
        place.way = [];
        return;
    }
    const heir = there ? first : nearest(place.way);
    if (heir && heir.tabIndex < 0) heir.tabIndex = -1;
    heir?.focus({ preventScroll: true });
}

let notes;

// All below a modal dialog is out of reach, and what stands in one goes away with it. So the notes go where they can be pressed: into
// the last dialog that is open, once it moves no more, and back.
function lift() {
    notes = document.querySelector(".toasts") ?? notes;
    const place = [...document.querySelectorAll("body, dialog[open]")].at(-1);
    const [motion] = place.getAnimations();
    if (motion) motion.onfinish = lift;
    else if (notes && notes.parentElement !== place) {
        place.append(notes);
        // What moves away under the pointer does not tell that the pointer has left it.
        notes.dispatchEvent(new Event("pointerleave"));
    }
}

function look() {
    if (!waits) requestAnimationFrame(() => setTimeout(settle, SETTLES));
    waits = true;
}

addEventListener("focusin", note);
addEventListener("focusout", look);
new MutationObserver(() => {
    lift();
    look();
}).observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled", "hidden", "open"] });
