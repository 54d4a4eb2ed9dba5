ALTER TABLE "orders"."effect" ALTER COLUMN "result" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "orders"."outbox" ALTER COLUMN "envelope" SET DATA TYPE json;