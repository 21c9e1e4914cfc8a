-- What a fact sends: one row per recipient, made from the fact in the transaction that clears its `pending`. Instants are Unix milliseconds.
-- state: 1 due, 2 sent, 3 dropped (no longer wanted), 4 failed (shown), 5 held (waits for an operator).
create table deliveries (
    id integer primary key,
    change_id integer not null,
    account_id integer not null,
    appointment_id integer not null,
    version integer not null,
    kind integer not null,
    role integer not null,
    recipient text not null,
    lane text not null,
    state integer not null default 1,
    fact_at integer not null,
    made_at integer not null,
    due_at integer not null,
    attempts integer not null default 0,
    lease_until integer not null default 0,
    lease_owner text not null default '',
    last_error text,
    sent_at integer,
    message_id text not null
);
-- A fact expanded twice would be told twice.
create unique index deliveries_once on deliveries (change_id, role);
-- Polling reads only what waits.
create index deliveries_due on deliveries (lane, due_at) where state = 1;
create index deliveries_of_appointment on deliveries (appointment_id, role, version);
create index deliveries_of_limit on deliveries (account_id, role) where kind >= 20;
-- Age of the oldest that waits.
create index deliveries_waiting on deliveries (made_at) where state = 1;
-- The account's list of sent mails.
create index deliveries_of_account on deliveries (account_id, made_at);
