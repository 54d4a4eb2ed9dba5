CREATE SCHEMA "saga";
--> statement-breakpoint
CREATE TABLE "saga"."audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "saga"."audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"saga_id" uuid,
	"action" text NOT NULL,
	"actor" text NOT NULL,
	"reason" text NOT NULL,
	"result" text NOT NULL,
	"seq" integer,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saga"."batch" (
	"id" uuid PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"style" text NOT NULL,
	"rate_per_second" integer,
	"seed" integer NOT NULL,
	"placed" integer DEFAULT 0 NOT NULL,
	"cancelled" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "saga"."definition" (
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"shape" jsonb NOT NULL,
	CONSTRAINT "definition_name_version_pk" PRIMARY KEY("name","version")
);
--> statement-breakpoint
CREATE TABLE "saga"."event" (
	"saga_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"step" text,
	"attempt" smallint,
	"data" jsonb NOT NULL,
	"actor" text NOT NULL,
	"message_id" uuid,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "event_saga_id_seq_pk" PRIMARY KEY("saga_id","seq")
);
--> statement-breakpoint
CREATE TABLE "saga"."fault" (
	"id" uuid PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"operation" text NOT NULL,
	"kind" text NOT NULL,
	"delay_ms" integer,
	"jitter_ms" integer,
	"probability" text,
	"next_calls" integer,
	"remaining" integer,
	"order_id" uuid,
	"sku" text,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saga"."fault_decision" (
	"key" text NOT NULL,
	"attempt" integer NOT NULL,
	"kind" text,
	"delay_ms" integer,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "fault_decision_key_attempt_pk" PRIMARY KEY("key","attempt")
);
--> statement-breakpoint
CREATE TABLE "saga"."fault_version" (
	"id" smallint PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saga"."held_message" (
	"saga_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"message" jsonb NOT NULL,
	"held_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "held_message_saga_id_message_id_pk" PRIMARY KEY("saga_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "saga"."idempotency" (
	"key" text PRIMARY KEY NOT NULL,
	"saga_id" uuid NOT NULL,
	"request_hash" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saga"."instance" (
	"id" uuid PRIMARY KEY NOT NULL,
	"definition" text NOT NULL,
	"version" integer NOT NULL,
	"style" text NOT NULL,
	"status" text NOT NULL,
	"input" jsonb NOT NULL,
	"summary" jsonb NOT NULL,
	"seq" integer NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"owner" uuid,
	"paused" boolean DEFAULT false NOT NULL,
	"mail_received" integer DEFAULT 0 NOT NULL,
	"mail_read" integer DEFAULT 0 NOT NULL,
	"business_key" text,
	"subject" text,
	"correlation_id" text,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "instance_status" CHECK ("saga"."instance"."status" in ('pending', 'running', 'committed', 'compensating', 'stuck', 'completed', 'compensated', 'resolved'))
);
--> statement-breakpoint
CREATE TABLE "saga"."mailbox" (
	"saga_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "mailbox_saga_id_position_pk" PRIMARY KEY("saga_id","position")
);
--> statement-breakpoint
CREATE TABLE "saga"."ready" (
	"saga_id" uuid PRIMARY KEY NOT NULL,
	"run_at" timestamp with time zone NOT NULL,
	"definition_key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saga"."tracker_cursor" (
	"source" text NOT NULL,
	"partition" smallint NOT NULL,
	"owner" uuid,
	"lease_until" timestamp with time zone,
	"cursor_xid" "xid8" DEFAULT '0' NOT NULL,
	"cursor_id" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "tracker_cursor_source_partition_pk" PRIMARY KEY("source","partition")
);
--> statement-breakpoint
CREATE TABLE "saga"."worker" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pid" integer NOT NULL,
	"host" text NOT NULL,
	"status" text NOT NULL,
	"lock_key" bigint NOT NULL,
	"in_flight" integer DEFAULT 0 NOT NULL,
	"fault_version" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_saga" ON "saga"."audit" USING btree ("saga_id");--> statement-breakpoint
CREATE INDEX "event_tail" ON "saga"."event" USING btree ("xid");--> statement-breakpoint
CREATE INDEX "fault_decision_at" ON "saga"."fault_decision" USING btree ("at");--> statement-breakpoint
CREATE INDEX "instance_owner" ON "saga"."instance" USING btree ("owner") WHERE owner is not null;--> statement-breakpoint
CREATE INDEX "instance_stuck" ON "saga"."instance" USING btree ("id") WHERE status = 'stuck';--> statement-breakpoint
CREATE INDEX "instance_created" ON "saga"."instance" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "instance_business_key" ON "saga"."instance" USING btree ("business_key");--> statement-breakpoint
CREATE INDEX "instance_subject" ON "saga"."instance" USING btree ("subject","id");--> statement-breakpoint
CREATE INDEX "instance_correlation" ON "saga"."instance" USING btree ("correlation_id") WHERE correlation_id is not null;--> statement-breakpoint
CREATE INDEX "ready_due" ON "saga"."ready" USING btree ("run_at");