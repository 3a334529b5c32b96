-- The list of a provider's services has a version of its own, so that two who order it do not undo each other.
alter table providers add column services_version int not null default 1;
