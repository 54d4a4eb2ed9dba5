-- Few rows, written all the time: half of each page stays free for new versions of a row, and vacuum goes
-- by count, not by a share of a table that is nearly empty.
alter table saga.tracker_cursor set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
--> statement-breakpoint
alter table saga.held_message set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
