-- The belt below the fence, by time first: bookings of the coming days then touch few pages of it, however many resources there are.
drop index appointments_one_per_start;
create unique index appointments_one_per_start on appointments (starts_at, resource_id) where status = 1 and overlap_allowed = 0;
