-- Instants are Unix milliseconds, flags 0 or 1, texts UTF-8. int.MaxValue (2147483647) means "no limit".

create table ids (
    kind text primary key,
    next integer not null
);

-- Who owns a unique name. current = 0: a former name of a living owner, which still finds it. released_at: freed, and blocked for others for 90 days.
create table names (
    kind text not null,
    normalised text not null,
    owner integer not null,
    current integer not null default 1,
    released_at bigint,
    primary key (kind, normalised)
);
create index names_by_owner on names (kind, owner);

create table persons (
    id integer primary key,
    email text not null,
    password_hash text,
    is_operator integer not null default 0,
    token_hash text,
    token_expires_at bigint,
    created_at bigint not null
);

create table accounts (
    id integer primary key,
    name text not null,
    reseller_id integer references accounts (id),
    is_reseller integer not null default 0,
    owner_person_id integer not null references persons (id),
    api_key_hash text not null unique,
    api_key_sealed text not null,
    plan text not null,
    allowed integer not null,
    trial_started_at bigint,
    trial_ends_at bigint,
    used integer not null default 0,
    near_sent integer not null default 0,
    full_sent integer not null default 0,
    refused_sent integer not null default 0,
    created_at bigint not null
);
create index accounts_by_reseller on accounts (reseller_id) where reseller_id is not null;

create table memberships (
    person_id integer not null references persons (id),
    account_id integer not null references accounts (id),
    created_at bigint not null,
    primary key (person_id, account_id)
);

create table sessions (
    token_hash text primary key,
    person_id integer not null references persons (id),
    started_at bigint not null,
    ended_at bigint
);

create table schedules (
    id integer primary key,
    account_id integer not null references accounts (id),
    agenda_id integer not null,
    name text not null,
    created_at bigint not null
);
create index schedules_by_account on schedules (account_id);

create table agendas (
    id integer primary key,
    account_id integer not null references accounts (id),
    epoch bigint not null default 0,
    version bigint not null default 0
);
create index agendas_by_account on agendas (account_id);

create table appointments (
    id integer primary key,
    account_id integer not null,
    agenda_id integer not null,
    schedule_id integer not null,
    resource_id integer not null,
    kind integer not null,
    status integer not null,
    starts_at bigint not null,
    ends_at bigint not null,
    buffer_before integer not null,
    buffer_after integer not null,
    zone text not null,
    utc_offset integer not null,
    overlap_allowed integer not null,
    customer_name text not null,
    customer_email text not null,
    customer text not null,
    note text not null,
    language text not null,
    revision integer not null,
    created_at bigint not null,
    created_by text not null,
    updated_at bigint not null,
    updated_by text not null,
    manage_salt text not null
);
-- What is upcoming: loading an agenda, counting an account, listing a range.
create index appointments_by_end on appointments (agenda_id, ends_at);
-- A belt below the fence: two live appointments never begin together on one resource unless staff allowed it.
create unique index appointments_one_per_start on appointments (resource_id, starts_at) where status = 1 and overlap_allowed = 0;

-- The fact: what happened, and what the mails and feeds are made from. An appointment has the id of the change that made it.
create table changes (
    id integer primary key,
    account_id integer not null,
    agenda_id integer not null,
    schedule_id integer not null,
    appointment_id integer not null,
    version bigint not null,
    kind integer not null,
    at bigint not null,
    actor_kind integer not null,
    actor_name text not null,
    moved_from_start bigint,
    moved_from_end bigint,
    credential text,
    repeat_key text,
    fingerprint text,
    snapshot text not null,
    pending integer not null default 1
);
create index changes_by_version on changes (agenda_id, version);
create index changes_of_appointment on changes (appointment_id) where kind not in (1, 5);
create unique index changes_by_key on changes (account_id, credential, repeat_key) where repeat_key is not null;
create index changes_pending on changes (id) where pending = 1;

-- Facts about the installation itself, such as the time-zone data that appointments were last held against.
create table installation (
    key text primary key,
    value text not null
);

create table key_ring (
    friendly_name text primary key,
    sealed text not null,
    created_at bigint not null
);
