CREATE SCHEMA "shipment";
--> statement-breakpoint
CREATE TABLE "shipment"."effect" (
	"saga_id" uuid NOT NULL,
	"step" text NOT NULL,
	"direction" text NOT NULL,
	"generation" integer NOT NULL,
	"hash" text,
	"outcome" text NOT NULL,
	"result" jsonb,
	"not_after" timestamp with time zone,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "effect_saga_id_step_direction_pk" PRIMARY KEY("saga_id","step","direction")
);
--> statement-breakpoint
CREATE TABLE "shipment"."outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "shipment"."outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"partition" smallint NOT NULL,
	"message_id" uuid NOT NULL,
	"saga_id" uuid NOT NULL,
	"type" text NOT NULL,
	"envelope" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shipment"."parked" (
	"message_id" uuid NOT NULL,
	"step" text NOT NULL,
	"direction" text NOT NULL,
	"saga_id" uuid NOT NULL,
	"message" jsonb NOT NULL,
	"attempts" integer NOT NULL,
	"forgiven" integer DEFAULT 0 NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"error" jsonb NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"parked_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "parked_message_id_step_direction_pk" PRIMARY KEY("message_id","step","direction")
);
--> statement-breakpoint
CREATE TABLE "shipment"."shipment" (
	"saga_id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"tracking_code" text NOT NULL,
	"units" integer NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "shipment_order_id_unique" UNIQUE("order_id")
);
--> statement-breakpoint
CREATE TABLE "shipment"."subscription" (
	"source" text NOT NULL,
	"partition" smallint NOT NULL,
	"owner" uuid,
	"lease_until" timestamp with time zone,
	"cursor_xid" "xid8" DEFAULT '0' NOT NULL,
	"cursor_id" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "subscription_source_partition_pk" PRIMARY KEY("source","partition")
);
--> statement-breakpoint
CREATE INDEX "outbox_tail" ON "shipment"."outbox" USING btree ("partition","xid","id");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_message" ON "shipment"."outbox" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "outbox_saga" ON "shipment"."outbox" USING btree ("saga_id");--> statement-breakpoint
CREATE INDEX "parked_due" ON "shipment"."parked" USING btree ("due_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "parked_saga" ON "shipment"."parked" USING btree ("saga_id");