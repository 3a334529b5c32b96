-- Somebody who gives money back at the payment processor may leave a provider's account out of it: then the platform gives it.
alter table refunds
    -- what of it was not taken back from the provider's account
    add column unreversed_minor bigint not null default 0,
    -- such a refund may give the platform's share back to the provider as well, so the platform may give more than went back
    drop constraint refunds_amounts,
    add constraint refunds_amounts check (
        amount_minor > 0 and unreversed_minor between 0 and amount_minor
        and fee_minor between unreversed_minor and amount_minor + unreversed_minor);
