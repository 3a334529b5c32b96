/** For a page's begin: notes what the browser itself counts as shifted, and tasks that kept it from answering. */
export const watch = () => {
    window.shifts = [];
    window.tasks = [];
    const nameOf = (node) => node?.nodeName + (node?.className ? `.${node.className}` : "");
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            if (!entry.hadRecentInput) window.shifts.push({ value: entry.value, what: entry.sources.map(({ node }) => nameOf(node)) });
        }
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ type: "longtask", buffered: true });
};
