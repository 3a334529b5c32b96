-- Admins find people and pages by any part of their names: an index of the three-letter pieces of what is searched. The
-- extension comes with PostgreSQL's own packages, as the others do, and is trusted: the database's owner may make it.
create extension if not exists pg_trgm;

create index users_words on users using gin ((name || ' ' || email::text) gin_trgm_ops);
create index providers_words on providers using gin ((name || ' ' || slug || ' ' || city) gin_trgm_ops);
