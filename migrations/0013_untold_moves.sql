-- Moves that the client has not been told of yet: what the client still believes. The news waits a moment, so that a move
-- that is taken back at once tells nobody.
create table untold_moves (
    provider_id uuid not null,
    booking_id uuid not null,
    start_at timestamptz not null,
    end_at timestamptz not null,
    -- the booking's as the client's calendar has it
    sequence int not null,
    primary key (provider_id, booking_id),
    foreign key (provider_id, booking_id) references bookings (provider_id, id) on delete cascade,
    constraint untold_moves_order check (start_at < end_at)
);
