-- What staff noted about the customer's coming (0 unknown, 1 arrived, 2 no-show), and what an appointment is found by: folded words of
-- whom it is for, written with the row. Rows of before are folded as far as the database can, until their next change.
alter table appointments add column attendance integer not null default 0;
alter table appointments add column find_text text not null default '';
update appointments set find_text = ' ' || lower(customer_name) || ' ' || customer_email where kind = 1;
