CREATE TABLE "payment"."saga_epoch" (
	"saga_id" uuid PRIMARY KEY NOT NULL,
	"epoch" integer NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
-- An epoch only rises: nothing gives a saga back to its services.
grant select, insert, update on payment.saga_epoch to counterstep_payment;
