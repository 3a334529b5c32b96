// Prepaid services: the customer pays on the demo's payment page, leaves and comes back, gives up, cancels and gets money back.

import assert from "node:assert/strict";

import { eventually } from "./support/eventually.js";
import { hold } from "./support/hold.js";
import { journey } from "./support/journey.js";
import { payFor } from "./support/money.js";
import { bookThrough, fillDetails, logIn, newAddress, openProvider, register, timesOfALaterDay } from "./support/people.js";

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
    await page.getByText("incl. 19% VAT").waitFor();
    await page.getByText("Cancel until 2 hours before and everything you paid comes back.").waitFor();
    await page.getByText("If Till Street cancels, everything comes back.").waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-provider");

    const email = await toDetails(page, provider);
    await page.getByText("Due now").waitFor();
    await page.getByText(/The price includes €7\.98 VAT \(19%\)/).waitFor();
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
    await page.getByText("Deposit of 30% when booking").waitFor();
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
    // What was agreed stands here too, for whoever comes back by a link.
    await page.getByText("At the appointment").waitFor();
    await page.getByRole("list", { name: "If plans change" }).waitFor();

    await page.getByRole("link", { name: "Appointed, home" }).click();
    const notice = page.getByRole("complementary", { name: "To be paid" });
    await notice.getByRole("link").waitFor();
    await notice.evaluate((element) => (element.stays = true));
    await page.getByRole("link", { name: "Find a booking" }).first().click();
    await page.getByRole("link", { name: "Appointed, home" }).click();
    assert.ok(await notice.evaluate((element) => element.stays), "from page to page it stays where it is");
    await notice.getByText(/^Massage with Till Again is kept for you until \d\d:\d\d, and waits to be paid\./).waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-notice", { fullPage: false });
    await notice.getByRole("link", { name: "Pay now" }).click();
    await page.getByRole("button", { name: "Pay now · €15" }).click();
    await page.getByRole("button", { name: PAY }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    await page.getByText("€15 paid · €35 at the appointment").waitFor();
    // What the tab keeps leads back to the booking, and says of no hold any more.
    const kept = () => page.evaluate(() => Object.entries(sessionStorage).filter(([name]) => name.startsWith("hold.")).map(([, value]) => value));
    const { items: [booking] } = await provider.call("GET", `/providers/${provider.id}/bookings`);
    assert.match((await kept()).join(), /^0 \S+$/);
    await page.goto("/");
    await page.waitForLoadState("networkidle");
    assert.equal(await notice.count(), 0, "nothing waits any more");
    await page.goto(`/pay/${booking.id}`);
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
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

    // Looking without finding anything new tells other tabs nothing.
    const told = () => page.evaluate(() => localStorage.getItem("appointed.wrote"));
    const looked = () => page.waitForResponse("**/payment/refresh");
    await looked();
    const before = await told();
    await looked();
    await looked();
    assert.equal(await told(), before);

    // Nobody waits half an hour here: the server's answer is what it says then.
    await page.route("**/payment/refresh", async (route) => {
        const answer = await route.fetch();
        const booking = await answer.json();
        delete booking.awaits;
        delete booking.expires_at;
        await route.fulfill({ response: answer, json: { ...booking, status: "cancelled", cancelled_by: "expired", actions: [] } });
    });
    await page.reload();
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
    assert.equal(await page.getByText(/^Withdrawing costs nothing/).count(), 0, "nobody has to accept it");
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
    await (await timesOfALaterDay(page)).first().click();
    await page.getByLabel("Name").fill("Paula Zahler");
    await page.getByLabel("E-Mail").fill(newAddress("zahler"));
    await page.getByText("Bis dahin kostet es nichts, die Anfrage zurückzuziehen. Nach der Zusage gilt:").waitFor();
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
    const kept = () => page.evaluate(() => Object.keys(sessionStorage).filter((name) => /^(hold|draft)\./.test(name)));
    assert.equal((await kept()).length, 1, "what is typed is kept until it is booked");
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    assert.deepEqual(await kept(), []);
});

journey("a provider who books their own service is not led to payment", async ({ page, server, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Own", { approval_required: true });
    await logIn(page, provider.email, `/dashboard/${provider.id}`);
    await toDetails(page, provider);
    await page.getByRole("button", { name: "Book", exact: true }).waitFor();
    assert.equal(await page.getByText("Due now").count(), 0);
    await page.getByRole("complementary").getByText("Pay at the appointment").waitFor();
    assert.equal(await page.getByText("Pay when booking").count(), 0);
    await checkAccessibility(page);
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await page.getByRole("heading", { name: "You are booked" }).waitFor();
    const { items } = await provider.call("GET", `/providers/${provider.id}/bookings`);
    assert.deepEqual(items.map((booking) => [booking.status, booking.money.due_minor]), [["confirmed", 0]]);
});

/** Books through the API, and pays or has the amount reserved. */
async function paidBooking(server, provider, name) {
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    return payFor(server, await bookThrough(server, provider, { start_at: `${day}T10:00:00Z`, name }));
}

journey("what the provider cancels is not said to have been paid too late", async ({ page, server }) => {
    const provider = await prepaid(server, "Till Called Off");
    const booking = await paidBooking(server, provider, "Cara Cancelled");
    await provider.call("POST", `/bookings/${booking.id}/cancel`, { reason: "I am ill." }, booking.version);
    await page.goto(`/pay/${booking.id}#${booking.manage_token}`);
    await page.getByText("Cancelled by the provider.").waitFor();
    await page.getByText(/^€50 (is on its way back|was given back)/).waitFor();
    assert.match(page.url(), /\/manage\//);
    assert.equal(await page.getByText("came too late").count(), 0);
});

journey("a request that was not answered is not said to be unpaid", async ({ page, server, photograph, checkAccessibility }) => {
    const provider = await prepaid(server, "Till Unanswered", { approval_required: true });
    const booking = await paidBooking(server, provider, "Rita Request");
    assert.equal(booking.awaits, "approval");
    await page.goto(`/manage/${booking.id}#${booking.manage_token}`);
    await page.getByText("Reserved", { exact: true }).waitFor();
    await page.getByText("€50 on your card, charged once Till Unanswered accepts").waitFor();
    // Nobody waits for days here.
    await page.route(/payment\/refresh$|\/bookings\/[^/]+$/, async (route) => {
        const answer = await route.fetch();
        const { awaits, expires_at, ...rest } = await answer.json();
        await route.fulfill({ response: answer, json: { ...rest, money: { ...rest.money, released_minor: 5000 }, status: "cancelled", cancelled_by: "expired", actions: [] } });
    });
    await page.goto("about:blank");
    await page.goto(`/pay/${booking.id}#${booking.manage_token}`);
    await page.getByRole("heading", { name: "The request was not answered in time" }).waitFor();
    await page.getByText("what was reserved on your card is released").waitFor();
    await checkAccessibility(page);
    await photograph(page, "pay-unanswered");
});

journey("who stays because the payment page did not open can go there once more", async ({ page, server }) => {
    const provider = await prepaid(server, "Till Stopped");
    await toDetails(page, provider);
    // An answer without a page leaves the browser where it is.
    await page.route((url) => url.pathname.includes("/pay/cs_") || url.pathname.includes("/c/pay"), (route) => route.fulfill({ status: 204 }));
    await page.getByRole("button", { name: /^Continue to payment/ }).click();
    await page.getByRole("heading", { name: "On to the payment page" }).waitFor();
    await page.getByRole("button", { name: "Pay now · €50" }).waitFor({ timeout: 20_000 });
    await page.unrouteAll();
    await page.getByRole("button", { name: "Pay now · €50" }).click();
    await page.getByRole("button", { name: PAY }).waitFor();
});

journey("nobody cancels before reading what comes back, nor after that has changed", async ({ page, server }) => {
    const provider = await prepaid(server, "Till Boundary");
    const booking = await paidBooking(server, provider, "Bob Boundary");
    let asked = 0;
    let answer;
    const held = new Promise((resolve) => (answer = resolve));
    const quote = (refund_minor, stage, at) => ({
        refund_minor, kept_minor: 5000, disputed_minor: 0, currency: "EUR", stage, at: at.toISOString(),
        stages: [{ until: at.toISOString(), refund_percent: 100, refund_minor: 5000 }, { refund_percent: 0, refund_minor: 0 }],
    });
    await page.route("**/cancellation-quote", async (route) => {
        asked += 1;
        if (asked === 1) return route.fulfill({ status: 503, contentType: "application/problem+json", body: "{}" });
        if (asked === 2) await held;
        await route.fulfill({ json: asked === 2 ? quote(5000, 0, new Date()) : quote(0, 1, new Date()) });
    });
    await page.goto(`/manage/${booking.id}#${booking.manage_token}`);
    await page.getByRole("button", { name: "Cancel booking" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel this booking?" });
    const yes = dialog.getByRole("button", { name: "Cancel booking" });
    await dialog.getByRole("button", { name: "Try again" }).waitFor();
    assert.ok(await yes.isDisabled(), "without a quote there is nothing to agree to");
    await dialog.getByRole("button", { name: "Try again" }).click();
    await dialog.locator('.danger[aria-busy="true"]').waitFor();
    await yes.click();
    answer();
    await dialog.getByText(/^All of it comes back: €50\./).waitFor();
    // That holds for another second.
    await dialog.getByText("Nothing comes back of the €50 that you paid.").waitFor();
    const now = await server.json(`/api/v1/bookings/${booking.id}`, { headers: { "x-manage-token": booking.manage_token } });
    assert.equal(now.status, "confirmed", "what was pressed too early did nothing");
    await yes.click();
    await page.getByText("You cancelled this booking.").waitFor();
}, { expectedErrors: [/503/] });

journey("a price that is being asked for anew cannot be booked", async ({ page, server }) => {
    const provider = await prepaid(server, "Till Stale");
    await provider.call("POST", `/providers/${provider.id}/coupons`, { code: "HALF", percent: 50 });
    await toDetails(page, provider);
    const send = page.getByRole("button", { name: /^Continue to payment/ });
    await page.getByRole("button", { name: "Continue to payment · €50" }).waitFor();
    const answer = await hold(page, "**/price?*");
    await page.getByText("Add a coupon").click();
    await page.getByLabel("Coupon code").fill("half");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.locator('button[type="submit"][aria-busy="true"]').waitFor();
    await send.click();
    answer();
    await page.getByRole("button", { name: "Continue to payment · €25" }).waitFor();
    assert.deepEqual((await provider.call("GET", `/providers/${provider.id}/bookings`)).items, []);
});
