-- When an account became its reseller's client, and when that reseller paused it. Instants are Unix milliseconds.
alter table accounts add column attached_at integer;
alter table accounts add column paused_at integer;
update accounts set attached_at = created_at where reseller_id is not null;
