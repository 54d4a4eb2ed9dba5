DROP INDEX "saga"."instance_finished";--> statement-breakpoint
CREATE INDEX "instance_resolved" ON "saga"."instance" USING btree ("created_at","id") WHERE status = 'resolved';--> statement-breakpoint
CREATE INDEX "instance_finished" ON "saga"."instance" USING btree ("finished_at","status","created_at") WHERE finished_at is not null;