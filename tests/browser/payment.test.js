// Prepaid services: the customer pays on the demo's payment page, leaves and comes back, gives up, cancels and gets money back.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { journey } from "./support/journey.js";
import { fillDetails, logIn, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

const DECLINED = [/the server responded with a status of (409|422)/];

/** A provider with a service that is paid when booking, unless told otherwise. */
function prepaid(server, name, service = {}) {
    return openProvider(server, {
        name,
        service: { name: "Massage", price_minor: 5000, payment_mode: "full", vat_rate: 1900, ...service },
    });
}

/** Gives the provider a policy of its own. */
async function follow(provider, steps) {
    const { version } = await provider.call("GET", `/providers/${provider.id}`);
    await provider.call("PATCH", `/providers/${provider.id}`, { cancellation_policy: { kind: "custom", steps } }, version);
}

/** Chooses a time and fills in the details. */
async function toDetails(page, provider, email = newAddress("payer")) {
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await fillDetails(page, { name: "Paula Payer", email });
    return email;
}

const PAY = /^Pay €/;

journey("a guest sees what is due, pays and is booked", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Street");
    await follow(provider, [{ hours_before: 2, refund_percent: 100 }]);
    await page.goto(`/p/${provider.slug}`);
    await page.getByText("Pay when booking").waitFor();
    await page.getByText("incl. 19 % VAT").waitFor();
    await page.getByText("Cancel until 2 hours before and everything you paid comes back.").waitFor();
    await page.getByText("If Till Street cancels, everything comes back.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-provider");

    const email = await toDetails(page, provider);
    await page.getByText("Due now").waitFor();
    await page.getByText(/The price includes €7\.98 VAT \(19 %\)/).waitFor();
    await page.getByText(/^Cancel until .+ and everything you paid comes back\.$/).waitFor();
    const send = page.getByRole("button", { name: "Continue to payment · €50" });
    await send.waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-details");
    await send.click();

    await page.getByRole("button", { name: PAY }).waitFor();
    await page.getByRole("button", { name: PAY }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    await page.getByText("€50 paid").waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-booked");
    assert.ok(await server.mail(email));

    await page.getByRole("link", { name: "Move or cancel" }).click();
    await page.getByText("VAT in it").waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-booking");
});

journey("who leaves the payment page finds the time again, from any page, and pays after a declined card", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Again", { payment_mode: "deposit", deposit_percent: 30 });
    await page.goto(`/p/${provider.slug}`);
    await page.getByText("Deposit of 30 % when booking").waitFor();
    await toDetails(page, provider);
    await page.getByText("At the appointment").waitFor();
    await page.getByRole("button", { name: "Continue to payment · €15" }).click();
    await page.getByRole("button", { name: "Card is declined" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByRole("button", { name: "Back", exact: true }).click();

    await page.getByRole("heading", { name: "Your time is kept, not paid yet" }).waitFor();
    await page.getByText(/stays yours for another \d+ minutes, until \d\d:\d\d/).waitFor();
    assert.ok(!page.url().includes("#"), "the address holds no token");
    await checkAccessibility(page);
    await photograph(page, "pay-open");
    await page.reload();
    await page.getByRole("button", { name: "Pay now · €15" }).waitFor();

    await page.getByRole("link", { name: "Appointed, home" }).click();
    const notice = page.getByRole("complementary", { name: "To be paid" });
    await notice.getByText(/^Massage with Till Again is kept for you until \d\d:\d\d, and waits to be paid\./).waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-notice", { fullPage: false });
    await notice.getByRole("link", { name: "Pay now" }).click();
    await page.getByRole("button", { name: "Pay now · €15" }).click();
    await page.getByRole("button", { name: PAY }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    await page.getByText("€15 paid · €35 at the appointment").waitFor();
    await page.goto("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await notice.count(), 0, "nothing waits any more");
});

journey("back from the payment page leads to the time that is kept, not to a second booking", async ({ page, server }) => {
    const provider = await prepaid(server, "Till Back");
    const email = await toDetails(page, provider);
    await page.getByRole("button", { name: /^Continue to payment/ }).click();
    await page.getByRole("button", { name: PAY }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Your time is kept, not paid yet" }).waitFor();
    await page.getByRole("button", { name: "Pay now · €50" }).click();
    await page.getByRole("button", { name: PAY }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    const { items } = await provider.call("GET", `/providers/${provider.id}/bookings`);
    assert.equal(items.filter((booking) => booking.client.email === email).length, 1);
});

journey("a member pays on another device, by keyboard alone", async ({ page, server, visitor, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Member");
    const email = newAddress("member");
    await register(page, { name: "Mia Member", email });
    await page.goto(provider.path);
    await (await timesOfALaterDay(page)).first().click();
    await page.getByRole("button", { name: "Continue to payment · €50" }).waitFor();
    await page.getByLabel("Name").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: PAY }).waitFor();

    const other = await visitor();
    await logIn(other, email, "/bookings");
    await other.getByText(/^Waiting for payment until \d\d:\d\d\.$/).waitFor();
    await other.getByText("To be paid", { exact: true }).waitFor();
    await checkAccessibility(other);
    await photograph(other, "pay-list");
    await other.getByRole("link", { name: "Massage" }).click();
    await other.getByText(/^Waiting for payment until/).waitFor();
    await checkAccessibility(other);
    await photograph(other, "pay-waiting");
    await other.getByRole("link", { name: "Pay now" }).focus();
    await other.keyboard.press("Enter");
    await other.getByRole("heading", { name: "Your time is kept, not paid yet" }).waitFor();
    await other.getByRole("button", { name: "Pay now · €50" }).focus();
    await other.keyboard.press("Enter");
    await other.getByRole("button", { name: PAY }).focus();
    await other.keyboard.press("Enter");
    await other.getByRole("heading", { name: "You are booked" }).waitFor();

    // Where it was left, it is paid now.
    await page.goBack();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
});

journey("a time is given up", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Gone");
    await toDetails(page, provider);
    await page.getByRole("button", { name: /^Continue to payment/ }).click();
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("button", { name: "Give up this time" }).click();
    await page.getByRole("heading", { name: "You gave up this time" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-given-up");
    await page.getByRole("link", { name: "Choose another time" }).click();
    await timesOfALaterDay(page);
});

journey("the bank takes its time, and the hold lapses meanwhile", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Slow");
    await toDetails(page, provider);
    await page.getByRole("button", { name: /^Continue to payment/ }).click();
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.getByRole("heading", { name: "Your time is kept, not paid yet" }).waitFor();

    await page.goto(`${page.url()}?done=1`);
    await page.getByRole("heading", { name: "Your payment is on its way" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-processing");

    // Nobody waits half an hour here: the server's answer is what it says then.
    await page.route("**/payment/refresh", async (route) => {
        const answer = await route.fetch();
        const booking = await answer.json();
        delete booking.awaits;
        delete booking.expires_at;
        await route.fulfill({ response: answer, json: { ...booking, status: "cancelled", cancelled_by: "expired", actions: [] } });
    });
    await page.getByRole("heading", { name: "The time was let go" }).waitFor();
    await page.getByText(/If you have paid all the same, nothing is lost/).waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-lapsed");
});

journey("a guest is told what a cancellation brings back, cancels, and sees the refund", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Refund");
    await follow(provider, [{ hours_before: 8000, refund_percent: 100 }, { hours_before: 1, refund_percent: 50 }]);
    const email = await toDetails(page, provider);
    await page.getByText(/^Cancel until .+ and half of what you paid comes back\.$/).waitFor();
    await page.getByRole("button", { name: /^Continue to payment/ }).click();
    await page.getByRole("button", { name: PAY }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();

    const mail = await server.mail(email);
    await page.goto("about:blank");
    await page.goto(mail.text.match(/http\S+\/manage\/\S+#\S+/)[0]);
    await page.getByRole("button", { name: "Cancel booking" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel this booking?" });
    await dialog.getByText(/^You get €25 of €50 back\. That holds until .+\. After that, nothing comes back\.$/).waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-quote", { fullPage: false });
    await dialog.getByRole("button", { name: "Cancel booking" }).click();
    await page.getByText(/^€25 (is on its way back|was given back)/).waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-refunded");
});

journey("a coupon is refused at its field, then takes something off, and one for all of it needs no payment", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Coupon");
    await provider.call("POST", `/providers/${provider.id}/coupons`, { code: "HALF", percent: 50 });
    await provider.call("POST", `/providers/${provider.id}/coupons`, { code: "GIFT", percent: 100 });
    await toDetails(page, provider);
    await page.getByText("Add a coupon").click();
    await page.getByLabel("Coupon code").fill("nothing");
    await page.keyboard.press("Enter");
    await page.getByText("There is no such coupon.").waitFor();
    assert.equal(await page.getByLabel("Coupon code").getAttribute("aria-invalid"), "true");
    await checkAccessibility(page);
    await photograph(page, "pay-coupon-wrong");
    await page.getByLabel("Coupon code").fill("half");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("The coupon takes off €25.").waitFor();
    await page.getByRole("button", { name: "Continue to payment · €25" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-coupon");

    await page.reload();
    await page.getByRole("button", { name: "Continue to payment · €25" }).waitFor();
    assert.equal(await page.getByLabel("Coupon code").inputValue(), "half", "what was typed is kept");
    await page.getByLabel("Coupon code").fill("gift");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
}, { expectedErrors: DECLINED });

journey("all of it in German", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Kasse am Kanal", { payment_mode: "deposit", deposit_minor: 2000, approval_required: true });
    await page.goto(`/p/${provider.slug}`);
    await page.getByText("Anzahlung von 20 € beim Buchen").waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-provider-german");
    await page.goto(provider.path);
    const free = page.getByRole("button", { name: /, \d+ freie Zeit(en)?$/ });
    await free.first().waitFor();
    await free.last().click();
    await page.locator("#times").getByRole("button", { name: /^\d\d:\d\d/ }).first().click();
    await page.getByLabel("Name").fill("Paula Zahler");
    await page.getByLabel("E-Mail").fill(newAddress("zahler"));
    await page.getByText(/^Absage bis .+ Uhr: Alles kommt zurück\.$/).waitFor();
    await page.getByText("Gutschein einlösen").click();
    await checkAccessibility(page);
    await photograph(page, "pay-details-german");
    await page.getByRole("button", { name: /^Weiter zur Zahlung · 20/ }).click();
    await page.getByRole("button", { name: "Zurück" }).click();
    await page.getByRole("heading", { name: "Reserviert, noch nicht bezahlt" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-open-german");
    await page.getByRole("button", { name: /^Jetzt zahlen/ }).click();
    await page.getByRole("button", { name: /^Bezahlen/ }).click();
    await page.getByRole("heading", { name: "Die Anfrage ist gesendet" }).waitFor();
    await page.getByText(/auf der Karte vorgemerkt/).waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-requested-german");
}, { locale: "de-DE" });

journey("who comes back in another browser is led to a fresh link", async ({ page, photograph, checkAccessibility }) => {
    await page.goto("/pay/0190d0a0-0000-7000-8000-000000000000?done=1");
    await page.getByRole("heading", { name: "Which booking is this?" }).waitFor();
    await page.getByRole("link", { name: "Mail me my links" }).waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-unknown");
});

// Pages that have nothing to say about paying are as they were.
journey("a service that is paid at the appointment asks for nothing", async ({ page, server }) => {
    const provider = await openProvider(server, { name: "Till On Site" });
    await page.goto(`/p/${provider.slug}`);
    await page.getByText("Pay at the appointment").waitFor();
    await toDetails(page, provider);
    await page.getByText("Add a coupon").waitFor();
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    await eventually("a tab that keeps nothing", () => page.evaluate(() => Object.keys(sessionStorage).every((name) => !name.startsWith("hold."))));
});

journey("a provider who books their own service is not led to payment", async ({ page, server, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Own", { approval_required: true });
    await logIn(page, provider.email, `/dashboard/${provider.id}`);
    await toDetails(page, provider);
    await page.getByRole("button", { name: "Book", exact: true }).waitFor();
    assert.equal(await page.getByText("Due now").count(), 0);
    await checkAccessibility(page);
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    const { items } = await provider.call("GET", `/providers/${provider.id}/bookings`);
    assert.deepEqual(items.map((booking) => [booking.status, booking.money.due_minor]), [["confirmed", 0]]);
});
