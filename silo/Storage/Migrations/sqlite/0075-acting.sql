-- Acting as a client, and what is done so. Instants are Unix milliseconds; hashes are SHA-256 in lower-case hex.

-- A reseller's person in a client's back office. Good only while the person's session, the membership and the relation last.
-- mode: 1 as reseller, 2 as the client's administrator. why: 1 left, 2 began anew, 3 the relation ended, 4 the account was handled by the operator.
create table acting_sessions (
    id integer primary key,
    token_hash text not null unique,
    person_id integer not null,
    session_hash text not null,
    reseller_id integer not null,
    account_id integer not null,
    mode integer not null,
    host text not null,
    started_at integer not null,
    ends_at integer not null,
    ended_at integer,
    why integer
);
create index acting_sessions_by_account on acting_sessions (account_id, started_at);
create index acting_sessions_by_reseller on acting_sessions (reseller_id, started_at);
create index acting_sessions_by_time on acting_sessions (started_at);

-- Append-only. Each row's hash covers the row and the hash before it, so that a row that is altered, added or taken out between is noticed.
-- It names accounts and persons that may be gone. outcome: 1 begun, 2 refused, 3 attack.
create table audit (
    account_id integer not null,
    seq integer not null,
    at integer not null,
    person_id integer not null,
    acting_id integer,
    reseller_id integer,
    mode integer,
    act text not null,
    path text not null,
    address text not null,
    outcome integer not null,
    prev_hash text not null,
    hash text not null,
    primary key (account_id, seq)
) without rowid;
create index audit_by_acting on audit (acting_id) where acting_id is not null;
create index audit_by_time on audit (at);

-- The last row of each account's chain: rows cut off its end are noticed by it, and writers take turns at it.
create table audit_heads (
    account_id integer primary key,
    seq integer not null,
    hash text not null
);
