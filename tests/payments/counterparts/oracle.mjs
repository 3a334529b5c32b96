// Stripe's own library: `sign SECRET TIME` and `check SECRET HEADER` read a body from stdin, `client URL KEY` goes through
// the API as any program does that uses it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Stripe from "stripe";

const [, , verb, ...rest] = process.argv;

function sign(secret, timestamp) {
    const payload = readFileSync(0, "utf8");
    return new Stripe("sk_test_x").webhooks.generateTestHeaderString({ payload, secret, timestamp: Number(timestamp) });
}

function check(secret, header) {
    return new Stripe("sk_test_x").webhooks.constructEvent(readFileSync(0), header, secret).id;
}

async function client(address, key) {
    const { protocol, hostname, port } = new URL(address);
    const stripe = new Stripe(key, { host: hostname, port, protocol: protocol.slice(0, -1), maxNetworkRetries: 0 });
    const refused = async (promise, code) => assert.equal((await promise.then(assert.fail, (error) => error)).code, code);

    const intent = await stripe.paymentIntents.create(
        { amount: 5000, currency: "eur", payment_method: "pm_card_visa", confirm: true, metadata: { booking: "b-1" } },
        { idempotencyKey: "official-1" },
    );
    assert.equal(intent.status, "succeeded");
    const again = await stripe.paymentIntents.create(
        { amount: 5000, currency: "eur", payment_method: "pm_card_visa", confirm: true, metadata: { booking: "b-1" } },
        { idempotencyKey: "official-1" },
    );
    assert.equal(again.id, intent.id);
    assert.equal(again.lastResponse.headers["idempotent-replayed"], "true");
    const other = stripe.paymentIntents.create({ amount: 5001, currency: "eur" }, { idempotencyKey: "official-1" });
    assert.equal((await other.then(assert.fail, (error) => error)).type, "StripeIdempotencyError");

    const declined = stripe.paymentIntents.create({ amount: 5000, currency: "eur", payment_method: "pm_card_chargeDeclined", confirm: true });
    const error = await declined.then(assert.fail, (error) => error);
    assert.equal(error.type, "StripeCardError");
    assert.equal(error.decline_code, "generic_decline");
    assert.equal(error.payment_intent.status, "requires_payment_method");

    const session = await stripe.checkout.sessions.create({
        mode: "payment",
        success_url: "https://book.example.org/ok?s={CHECKOUT_SESSION_ID}",
        line_items: [{ quantity: 1, price_data: { currency: "eur", unit_amount: 4200, product_data: { name: "Haircut" } } }],
    });
    assert.equal(session.amount_total, 4200);
    assert.equal((await stripe.checkout.sessions.expire(session.id)).status, "expired");
    await refused(stripe.checkout.sessions.retrieve("cs_test_none"), "resource_missing");

    for (let n = 0; n < 12; n += 1) await stripe.refunds.create({ payment_intent: intent.id, amount: 100 });
    const listed = [];
    for await (const refund of stripe.refunds.list({ payment_intent: intent.id, limit: 5 })) listed.push(refund.id);
    assert.equal(new Set(listed).size, 12);
    await stripe.refunds.create({ payment_intent: intent.id });
    await refused(stripe.refunds.create({ payment_intent: intent.id }), "charge_already_refunded");
    await refused(stripe.paymentIntents.create({ amount: 10, currency: "eur" }), "amount_too_small");
    await refused(stripe.paymentIntents.create({ amount: 500, currency: "eur", colour: "red" }), "parameter_unknown");
    await refused(stripe.paymentIntents.create({ amount: 500 }), "parameter_missing");

    const read = await stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge.balance_transaction"] });
    assert.equal(read.latest_charge.refunded, true);
    assert.equal(read.latest_charge.balance_transaction.fee, 100);
    const events = await stripe.events.list({ type: "charge.refunded", limit: 100 });
    assert.equal(events.data.length, 13);
    const stranger = new Stripe("sk_test_stranger", { host: hostname, port, protocol: protocol.slice(0, -1), maxNetworkRetries: 0 });
    assert.equal((await stranger.balance.retrieve().then(assert.fail, (error) => error)).type, "StripeAuthenticationError");
    return "fine";
}

console.log(await { sign, check, client }[verb](...rest));
