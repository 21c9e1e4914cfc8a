-- Host names that accounts ask for. The name itself is in "names" once it is proven, and until then anybody may ask for it. Instants are Unix milliseconds.
-- state: 1 waiting, 2 verified, 3 failing (served for seven days without its proof). answer: what the DNS said last.
create table hosts (
    account_id integer primary key references accounts (id),
    host text not null,
    token text not null,
    state integer not null,
    answer integer not null default 0,
    leads_here integer,
    asked_at bigint not null,
    checked_at bigint,
    next_check_at bigint,
    verified_at bigint,
    failing_since bigint
);
create index hosts_to_check on hosts (next_check_at) where next_check_at is not null;
create index hosts_by_name on hosts (host);

-- Addresses that mails come from. scope: 1 the account's own, 2 of all clients of the reseller that have none. The private key is sealed.
create table senders (
    account_id integer not null references accounts (id),
    scope integer not null,
    address text not null,
    domain text not null,
    selector text not null,
    key_sealed text not null,
    key_public text not null,
    spf integer not null default 0,
    dkim integer not null default 0,
    dmarc integer not null default 0,
    changed_at bigint not null,
    checked_at bigint,
    next_check_at bigint,
    primary key (account_id, scope)
);
create index senders_to_check on senders (next_check_at) where next_check_at is not null;

-- Mail servers of accounts and resellers; scope as above. The password is sealed.
create table mail_servers (
    account_id integer not null references accounts (id),
    scope integer not null,
    host text not null,
    port integer not null,
    security integer not null,
    user_name text not null,
    password_sealed text not null,
    changed_at bigint not null,
    primary key (account_id, scope)
);
