// Runs before the first paint, so that a chosen theme never flashes and the page is in its language from the start.
{
    const recall = (name) => {
        try {
            return localStorage.getItem(name);
        } catch {
            return null; // Storage may be forbidden; the system's and the browser's preferences then stay.
        }
    };
    const root = document.documentElement;

    // Without a choice the system's preference rules in CSS.
    const theme = recall("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;

    // What was chosen here, else the language of the account, else the browser's.
    const wanted = [recall("language"), recall("account-language"), ...navigator.languages];
    const spoken = ["en", "de"];
    const served = root.lang;
    root.lang = wanted.map((tag) => tag?.split("-")[0].toLowerCase()).find((tag) => spoken.includes(tag)) ?? "en";
    // What the server wrote before the program is there: not in another language, and for those who are logged in without
    // what is offered to strangers.
    root.toggleAttribute("data-silent", served !== root.lang);
    root.toggleAttribute("data-known", recall("appointed.session") !== null);
}
