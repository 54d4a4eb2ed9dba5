CREATE INDEX "parked_dead" ON "payment"."parked" USING btree ("parked_at","message_id") WHERE state = 'dead';--> statement-breakpoint
-- Few rows, written all the time: half of each page stays free for new versions of a row, and vacuum goes
-- by count, not by a share of a table that is nearly empty.
alter table payment.subscription set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
--> statement-breakpoint
alter table payment.parked set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
--> statement-breakpoint
-- Written once and read once; deleted in chunks when nobody needs it any more.
alter table payment.outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
