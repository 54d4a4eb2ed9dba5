DROP INDEX "saga"."instance_stuck";--> statement-breakpoint
DROP INDEX "saga"."instance_finished";--> statement-breakpoint
DROP INDEX "saga"."instance_resolved";--> statement-breakpoint
ALTER TABLE "saga"."instance" ADD COLUMN "rest" text GENERATED ALWAYS AS (case when status in ('stuck', 'completed', 'compensated', 'resolved') then status end) STORED;--> statement-breakpoint
CREATE INDEX "instance_stuck" ON "saga"."instance" USING btree ("id") WHERE rest = 'stuck';--> statement-breakpoint
CREATE INDEX "instance_finished" ON "saga"."instance" USING btree ("finished_at","rest","created_at") WHERE finished_at is not null;--> statement-breakpoint
CREATE INDEX "instance_resolved" ON "saga"."instance" USING btree ("created_at","id") WHERE rest = 'resolved';