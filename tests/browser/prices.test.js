// Prices stand in the provider's currency on every page, with as many decimals as it has.

import assert from "node:assert/strict";

import { journey } from "./support/journey.js";
import { fillDetails, newAddress, openProvider, timesOfALaterDay } from "./support/people.js";

/** What the amount looks like to a reader in the browser of the test. */
async function amount(page, minor, currency, decimals) {
    const text = await page.evaluate(
        ([major, currency, digits]) => new Intl.NumberFormat("en-GB", { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(major),
        [minor / 10 ** decimals, currency, decimals],
    );
    assert.match(text, decimals ? new RegExp(`\\.\\d{${decimals}}$`) : /\d$/);
    return plain(text);
}

const plain = (text) => text.replace(/\s+/g, " ");

async function shows(page, where, text) {
    await page.waitForFunction(
        ([where, text]) => document.querySelector(where)?.innerText.replace(/\s+/g, " ").includes(text),
        [where, text],
    );
}

// Of the forint, browsers show no decimals by themselves, though it has two.
for (const [currency, minor, decimals] of [["JPY", 4500, 0], ["EUR", 4550, 2], ["HUF", 450_050, 2], ["KWD", 12_345, 3]]) {
    journey(`a price in ${currency} is the same everywhere`, async ({ page, server }) => {
        const name = `Priced in ${currency}`;
        const provider = await openProvider(server, { name, currency, service: { price_minor: minor } });
        const price = await amount(page, minor, currency, decimals);
        await page.goto(`/?q=${encodeURIComponent(name)}`);
        await shows(page, ".provider-card", price);
        await page.goto(`/p/${provider.slug}`);
        await shows(page, ".offered-service", price);
        await page.goto(provider.path);
        const times = await timesOfALaterDay(page);
        await shows(page, "main", price);
        await times.first().click();
        await page.getByRole("heading", { name: "Your details" }).waitFor();
        await shows(page, "main", price);
        const email = newAddress("paula");
        await fillDetails(page, { name: "Paula Payer", email });
        await page.getByRole("button", { name: "Book", exact: true }).click();
        await page.getByRole("heading", { name: "You are booked" }).waitFor();
        await shows(page, "main", price);
        const link = (await server.mail(email)).text.match(/http\S+\/manage\/\S+#\S+/)[0];
        await page.goto(link);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await shows(page, "main", price);
    });
}
