-- What an account has as somebody's client. opening_key: of the form that made it, so that a form sent twice makes one account.
-- loses_sender: it was detached, and its brand has still to lose the sender address that its reseller gave it.
-- asked_*: the reseller's own note of what it asks from the client, in hundredths; asked_every: 1 once, 2 each month.
alter table accounts add column opening_key text;
alter table accounts add column loses_sender integer not null default 0;
alter table accounts add column asked_hundredths integer;
alter table accounts add column asked_every integer;
alter table accounts add column asked_note text not null default '';
create unique index accounts_by_opening_key on accounts (opening_key) where opening_key is not null;
-- Invitations of an account: how often they were sent, and which links they carry.
create index person_letters_of_account on person_letters (account_id, kind, made_at);
