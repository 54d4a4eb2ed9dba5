ALTER TABLE "inventory"."effect" ALTER COLUMN "result" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "inventory"."outbox" ALTER COLUMN "envelope" SET DATA TYPE json;