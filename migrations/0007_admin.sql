-- Administration: who and what is suspended, categories that admins keep, and the log of what admins do.

alter table users
    add column suspended_at timestamptz,
    add column suspended_reason text not null default '',
    add constraint users_suspended_reason check (
        length(suspended_reason) <= 500 and (suspended_at is not null or suspended_reason = ''));
create index users_newest on users (created_at, id);

-- A suspended page is not public, whether published or not.
alter table providers
    add column suspended_at timestamptz,
    add column suspended_reason text not null default '',
    add constraint providers_suspended_reason check (
        length(suspended_reason) <= 500 and (suspended_at is not null or suspended_reason = ''));
create index providers_newest on providers (created_at, id);

alter table categories
    -- pages that are in it stay there; no other can choose it
    add column retired_at timestamptz,
    add column version int not null default 1,
    add constraint categories_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 40);

create table category_names (
    category text not null references categories on delete cascade,
    -- a BCP 47 tag; every category has a name in English
    locale text not null,
    name text not null,
    primary key (category, locale),
    constraint category_names_length check (length(name) between 1 and 60)
);
insert into category_names (category, locale, name) values
    ('beauty', 'en', 'Beauty'), ('beauty', 'de', 'Schönheit'),
    ('health', 'en', 'Health'), ('health', 'de', 'Gesundheit'),
    ('wellness', 'en', 'Wellness'), ('wellness', 'de', 'Wohlbefinden'),
    ('fitness', 'en', 'Fitness'), ('fitness', 'de', 'Fitness'),
    ('education', 'en', 'Lessons'), ('education', 'de', 'Unterricht'),
    ('craft', 'en', 'Craft'), ('craft', 'de', 'Handwerk'),
    ('repair', 'en', 'Repair'), ('repair', 'de', 'Reparatur'),
    ('home', 'en', 'Home'), ('home', 'de', 'Haus und Garten'),
    ('consulting', 'en', 'Advice'), ('consulting', 'de', 'Beratung'),
    ('photography', 'en', 'Photography'), ('photography', 'de', 'Fotografie'),
    ('pets', 'en', 'Pets'), ('pets', 'de', 'Haustiere'),
    ('stays', 'en', 'Stays'), ('stays', 'de', 'Unterkünfte');

-- What admins did. Rows name people by id only, and no foreign key keeps or changes them: an account that is deleted
-- leaves its acts without a name.
create table admin_acts (
    id uuid primary key,
    at timestamptz not null default app_now(),
    -- null for the command line
    actor_id uuid,
    kind text not null,
    target_kind text not null,
    target_id text not null,
    -- what changed, and nothing else
    before jsonb not null default '{}',
    after jsonb not null default '{}',
    request_id text,
    constraint admin_acts_target check (target_kind in ('user', 'provider', 'category'))
);
create index admin_acts_newest on admin_acts (at, id);
create index admin_acts_actor on admin_acts (actor_id, at, id);
create index admin_acts_target on admin_acts (target_id, at, id);

create function refuse_change() returns trigger
language plpgsql
as $$ begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger admin_acts_append_only before update or delete or truncate on admin_acts
    for each statement execute function refuse_change();
