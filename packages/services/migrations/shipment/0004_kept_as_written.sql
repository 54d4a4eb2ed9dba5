ALTER TABLE "shipment"."effect" ALTER COLUMN "result" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "shipment"."outbox" ALTER COLUMN "envelope" SET DATA TYPE json;