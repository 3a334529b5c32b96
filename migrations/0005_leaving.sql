-- An account that goes away is let go of by the history of bookings: found by index, not by reading all of it.
create index booking_events_actor on booking_events (actor_user_id) where actor_user_id is not null;
