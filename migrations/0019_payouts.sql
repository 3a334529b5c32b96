-- Money of providers' own accounts at the payment processor that went to their banks.
create table payouts (
    provider_id uuid not null references providers on delete cascade,
    id uuid not null,
    -- the processor's id
    payout_id text not null,
    amount_minor bigint not null,
    currency char(3) not null,
    state text not null,
    -- when the bank has it, or should
    arrives_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null default app_now(),
    primary key (provider_id, id),
    constraint payouts_payout unique (payout_id),
    constraint payouts_state check (state in ('under_way', 'paid', 'failed', 'canceled'))
);
create index payouts_newest on payouts (provider_id, created_at desc, id desc);
