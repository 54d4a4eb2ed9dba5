ALTER TABLE "saga"."event" ALTER COLUMN "data" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "saga"."instance" ALTER COLUMN "input" SET DATA TYPE json, ALTER COLUMN "summary" SET DATA TYPE json;
