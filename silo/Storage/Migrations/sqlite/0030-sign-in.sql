-- Sign-in: a second step, sessions as their owner sees them, passkeys, links and letters to a person. Instants are Unix milliseconds.

-- The authenticator's secret is sealed. two_step_since is null while sign-in has one step. last_step: the newest 30-second step whose code was taken.
alter table persons add column authenticator_sealed text;
alter table persons add column two_step_since integer;
alter table persons add column last_step integer not null default 0;

-- host: where the session was made, and the only place where it is good. Sessions from before have none and are signed in anew.
alter table sessions add column host text not null default '';
alter table sessions add column device text not null default '';
alter table sessions add column confirmed_at integer not null default 0;
create index sessions_of_person on sessions (person_id, started_at) where ended_at is null;

create table recovery_codes (
    person_id integer not null references persons (id),
    code_proof text not null,
    spent_at integer,
    primary key (person_id, code_proof)
) without rowid;

create table passkeys (
    credential_id text primary key,
    person_id integer not null references persons (id),
    name text not null,
    public_key text not null,
    sign_count integer not null,
    transports text not null,
    user_verified integer not null,
    backup_eligible integer not null,
    backed_up integer not null,
    created_at integer not null
) without rowid;
create index passkeys_of_person on passkeys (person_id, created_at);

-- Links that are mailed to a person. The row alone opens nothing: the link's token is proved with a secret that the database does not hold.
-- kind: 1 password reset, 2 invitation, 3 agree to an e-mail at the new address, 4 at the present one, 5 set it back.
-- pair: what links of one e-mail change have in common.
create table person_links (
    id text primary key,
    person_id integer not null references persons (id),
    kind integer not null,
    email text not null default '',
    pair text not null default '',
    made_at integer not null,
    expires_at integer not null,
    spent_at integer,
    agreed integer not null default 0
) without rowid;
create index person_links_of_person on person_links (person_id, kind, made_at);
create index person_links_by_end on person_links (expires_at);

-- What a delivery of role 4 says; its id is the delivery's change_id. account_id 0: in the platform's own name.
create table person_letters (
    id integer primary key,
    person_id integer not null references persons (id),
    account_id integer not null,
    kind integer not null,
    language text not null,
    link_id text not null,
    detail text not null,
    made_at integer not null
);
create index person_letters_by_time on person_letters (made_at);
