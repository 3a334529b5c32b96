-- What a provider is known by to its tax office, for receipts. Empty where none is set.
alter table providers
    add column tax_number text not null default '',
    add constraint providers_tax_number check (length(tax_number) <= 40);
