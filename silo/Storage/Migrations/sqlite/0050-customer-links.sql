-- Links to the appointments of one e-mail at one account. The row alone opens nothing: the link's token is proved with a secret that the
-- database does not hold. letter_id: the change_id of the delivery that carries it. Instants are Unix milliseconds.
create table customer_links (
    id text primary key,
    account_id integer not null,
    email text not null,
    language text not null,
    made_at integer not null,
    letter_id integer not null
) without rowid;
create unique index customer_links_by_letter on customer_links (letter_id);
create index customer_links_of_account on customer_links (account_id, made_at);
