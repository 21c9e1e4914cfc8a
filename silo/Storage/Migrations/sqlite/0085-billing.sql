-- What accounts subscribe to and what was charged for it. Instants are Unix milliseconds, amounts the currency's smallest unit.

-- Who pays is no column: the account's reseller if it has one at the moment of the charge, else the account itself.
-- state: as SubscriptionState. paid_net: what the present period is worth to its payer. due_at: when something happens of itself; null: nothing does.
create table subscriptions (
    account_id integer primary key references accounts (id) on delete cascade,
    plan text not null,
    state integer not null,
    anchor_day integer not null,
    period_from integer not null,
    period_to integer not null,
    paid_net integer not null,
    currency text not null,
    next_plan text,
    cancel_at_end integer not null default 0,
    past_due_since integer,
    due_at integer,
    lease_until integer not null default 0,
    version integer not null default 1
);
create index subscriptions_due on subscriptions (due_at) where due_at is not null;
create index subscriptions_paused on subscriptions (account_id) where state = 6;

-- Append-only: rows are never changed or deleted. Names are kept as they were, so that a statement outlives its accounts.
-- kind: 1 charge, 2 credit, 3 payment, 4 refund. What lessens the payer's debt is negative.
create table ledger (
    id integer primary key,
    payer_id integer not null,
    account_id integer not null,
    account_name text not null,
    plan text not null,
    plan_name text not null,
    kind integer not null,
    month text not null,
    period_from integer,
    period_to integer,
    list integer not null,
    discount integer not null,
    net integer not null,
    vat integer not null,
    currency text not null,
    at integer not null,
    idempotency text not null unique,
    reference text not null default ''
);
create index ledger_of_payer on ledger (payer_id, month);
create index ledger_of_account on ledger (account_id, at);

-- A payer's month once it is over.
create table statements (
    payer_id integer not null,
    month text not null,
    number text not null unique,
    issued_at integer not null,
    primary key (payer_id, month)
) without rowid;

-- How an account pays; without a row by invoice. method: 1 invoice, 2 card. customer, card: as the provider calls them.
create table payers (
    account_id integer primary key references accounts (id) on delete cascade,
    method integer not null default 1,
    customer text unique,
    card text
);

-- Charges that go to a card. state: 1 due, 3 paid from the card, 4 failed, 5 settled otherwise: its statement was paid, or its subscription lapsed.
create table collections (
    idempotency text primary key,
    payer_id integer not null,
    account_id integer not null,
    amount integer not null,
    currency text not null,
    state integer not null default 1,
    attempts integer not null default 0,
    due_at integer not null,
    lease_until integer not null default 0
) without rowid;
create index collections_due on collections (due_at) where state = 1;

-- What a payment provider reported, each once.
create table payment_events (
    id text primary key,
    at integer not null
) without rowid;
