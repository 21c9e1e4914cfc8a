-- Addresses that calendar programs subscribe to. The token of an address is stored as its SHA-256 only; a revoked one stays, to say that it is gone.
create table feeds (
    token_hash text primary key,
    account_id integer not null references accounts (id),
    schedule_id integer not null references schedules (id),
    handle text not null,
    label text not null,
    made_at integer not null,
    revoked_at integer
) without rowid;
create index feeds_of_schedule on feeds (schedule_id);
