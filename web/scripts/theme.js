// Runs before the first paint, so that a chosen theme never flashes. Without a choice the system's preference rules in CSS.
try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
    // Storage may be forbidden; the system's preference then stays.
}
