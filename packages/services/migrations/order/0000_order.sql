CREATE SCHEMA "orders";
--> statement-breakpoint
CREATE TABLE "orders"."customer_order" (
	"id" uuid PRIMARY KEY NOT NULL,
	"saga_id" uuid NOT NULL,
	"customer_id" text NOT NULL,
	"total" integer NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "customer_order_saga_id_unique" UNIQUE("saga_id"),
	CONSTRAINT "customer_order_status" CHECK ("orders"."customer_order"."status" in ('pending', 'confirmed', 'cancelled')),
	CONSTRAINT "customer_order_total" CHECK ("orders"."customer_order"."total" >= 0)
);
--> statement-breakpoint
CREATE TABLE "orders"."effect" (
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
CREATE TABLE "orders"."order_line" (
	"order_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"sku" text NOT NULL,
	"quantity" integer NOT NULL,
	"unit_price" integer NOT NULL,
	CONSTRAINT "order_line_order_id_position_pk" PRIMARY KEY("order_id","position"),
	CONSTRAINT "order_line_quantity" CHECK ("orders"."order_line"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "orders"."outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "orders"."outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"partition" smallint NOT NULL,
	"message_id" uuid NOT NULL,
	"saga_id" uuid NOT NULL,
	"type" text NOT NULL,
	"envelope" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders"."parked" (
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
CREATE TABLE "orders"."subscription" (
	"source" text NOT NULL,
	"partition" smallint NOT NULL,
	"owner" uuid,
	"lease_until" timestamp with time zone,
	"cursor_xid" "xid8" DEFAULT '0' NOT NULL,
	"cursor_id" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "subscription_source_partition_pk" PRIMARY KEY("source","partition")
);
--> statement-breakpoint
CREATE INDEX "outbox_tail" ON "orders"."outbox" USING btree ("partition","xid","id");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_message" ON "orders"."outbox" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "outbox_saga" ON "orders"."outbox" USING btree ("saga_id");--> statement-breakpoint
CREATE INDEX "parked_due" ON "orders"."parked" USING btree ("due_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "parked_saga" ON "orders"."parked" USING btree ("saga_id");