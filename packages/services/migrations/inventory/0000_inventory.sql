CREATE SCHEMA "inventory";
--> statement-breakpoint
CREATE TABLE "inventory"."effect" (
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
CREATE TABLE "inventory"."outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inventory"."outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"partition" smallint NOT NULL,
	"message_id" uuid NOT NULL,
	"saga_id" uuid NOT NULL,
	"type" text NOT NULL,
	"envelope" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inventory"."parked" (
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
CREATE TABLE "inventory"."reservation" (
	"saga_id" uuid NOT NULL,
	"sku" text NOT NULL,
	"order_id" uuid NOT NULL,
	"quantity" integer NOT NULL,
	"status" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "reservation_saga_id_sku_pk" PRIMARY KEY("saga_id","sku"),
	CONSTRAINT "reservation_status" CHECK ("inventory"."reservation"."status" in ('held', 'released')),
	CONSTRAINT "reservation_quantity" CHECK ("inventory"."reservation"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "inventory"."stock" (
	"sku" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"unit_price" integer NOT NULL,
	"on_hand" integer NOT NULL,
	"reserved" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "stock_reserved" CHECK ("inventory"."stock"."reserved" >= 0 and "inventory"."stock"."reserved" <= "inventory"."stock"."on_hand")
);
--> statement-breakpoint
CREATE TABLE "inventory"."subscription" (
	"source" text NOT NULL,
	"partition" smallint NOT NULL,
	"owner" uuid,
	"lease_until" timestamp with time zone,
	"cursor_xid" "xid8" DEFAULT '0' NOT NULL,
	"cursor_id" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "subscription_source_partition_pk" PRIMARY KEY("source","partition")
);
--> statement-breakpoint
CREATE INDEX "outbox_tail" ON "inventory"."outbox" USING btree ("partition","xid","id");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_message" ON "inventory"."outbox" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "outbox_saga" ON "inventory"."outbox" USING btree ("saga_id");--> statement-breakpoint
CREATE INDEX "parked_due" ON "inventory"."parked" USING btree ("due_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "parked_saga" ON "inventory"."parked" USING btree ("saga_id");