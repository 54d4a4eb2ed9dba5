-- Nothing is looked up by id, and each index is one more entry for each message. No rebuild: the index is there.
ALTER TABLE "shipment"."outbox" DROP CONSTRAINT "outbox_pkey";--> statement-breakpoint
ALTER TABLE "shipment"."outbox" ADD CONSTRAINT "outbox_pkey" PRIMARY KEY USING INDEX "outbox_message";
