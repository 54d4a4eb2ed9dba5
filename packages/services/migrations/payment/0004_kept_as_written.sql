ALTER TABLE "payment"."effect" ALTER COLUMN "result" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "payment"."outbox" ALTER COLUMN "envelope" SET DATA TYPE json;