-- Set-ups that a reseller keeps under a name and gives to its clients. document: JSON in the shape of the schema number. Instants are Unix milliseconds.
create table client_templates (
    id integer primary key autoincrement,
    reseller_id integer not null references accounts (id) on delete cascade,
    name text not null,
    normalised text not null,
    schema integer not null,
    document text not null,
    made_at integer not null,
    unique (reseller_id, normalised)
);

-- Resellers whose clients went over to another one, each as often as that happened.
create table reseller_merges (
    from_id integer not null,
    into_id integer not null,
    clients integer not null,
    at integer not null
);
create index reseller_merges_of on reseller_merges (from_id, into_id);

-- When a person last signed in; kept when the session is gone.
alter table persons add column signed_in_at integer;
update persons set signed_in_at = (select max(s.started_at) from sessions s where s.person_id = persons.id);
