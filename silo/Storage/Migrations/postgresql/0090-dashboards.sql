-- When a person last saw a reseller's dashboard, and when the visit before the present one ended (null: there was none). Instants are Unix milliseconds.
create table dashboard_looks (
    reseller_id integer not null references accounts (id),
    person_id integer not null references persons (id),
    since bigint,
    seen_at bigint not null,
    primary key (reseller_id, person_id)
);
-- The last sign-in of an account's people.
create index memberships_by_account on memberships (account_id);
create index sessions_by_start on sessions (person_id, started_at);
