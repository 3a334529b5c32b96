-- Since when an account that could take charges cannot, which its owners were told. Whoever is only setting one up has lost nothing.
alter table payment_accounts add column charges_lost_at timestamptz;
