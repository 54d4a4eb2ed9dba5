DROP INDEX "saga"."instance_business_key";--> statement-breakpoint
DROP INDEX "saga"."instance_subject";--> statement-breakpoint
DROP INDEX "saga"."instance_finished";--> statement-breakpoint
CREATE INDEX "instance_active" ON "saga"."instance" USING btree ("created_at","id") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "instance_id_end" ON "saga"."instance" USING btree ((reverse(id::text) collate "C"));--> statement-breakpoint
CREATE INDEX "instance_business_key" ON "saga"."instance" USING btree ((business_key collate "C"));--> statement-breakpoint
CREATE INDEX "instance_subject" ON "saga"."instance" USING btree ((lower(subject) collate "C"));--> statement-breakpoint
CREATE INDEX "instance_finished" ON "saga"."instance" USING btree ("finished_at","status") WHERE finished_at is not null;