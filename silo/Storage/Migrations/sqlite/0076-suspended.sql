-- When the operator closed an account; null: it is open. Unix milliseconds.
alter table accounts add column suspended_at integer;
