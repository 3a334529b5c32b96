-- Photos of providers. The pictures lie in the file storage, under this id; each upload has a new one.

alter table providers add column photo uuid;
