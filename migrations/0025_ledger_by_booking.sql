-- The book of a month asks for what came before in each booking, and disputes are looked up by it as well.

drop index ledger_transactions_disputes;
create index ledger_transactions_booking on ledger_transactions (booking_id);
