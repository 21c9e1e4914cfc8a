-- Pictures of brands, written anew by us. The name is random; the brand's document says which are shown.
create table pictures (
    name text primary key,
    account_id integer not null references accounts (id),
    kind integer not null,
    content_type text not null,
    bytes blob not null,
    made_at integer not null
);
create index pictures_of_account on pictures (account_id);
