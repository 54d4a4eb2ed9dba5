CREATE TABLE "saga"."archive" (
	"saga_id" uuid PRIMARY KEY NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"instance" jsonb NOT NULL,
	"events" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saga"."retired" (
	"saga_id" uuid PRIMARY KEY NOT NULL,
	"retired_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "saga"."definition" ADD COLUMN "hash" text;--> statement-breakpoint
ALTER TABLE "saga"."instance" ADD COLUMN "deadline_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "saga"."mailbox" ADD COLUMN "signal" text;--> statement-breakpoint
ALTER TABLE "saga"."mailbox" ADD COLUMN "payload" jsonb;--> statement-breakpoint
ALTER TABLE "saga"."worker" ADD COLUMN "definition_keys" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "instance_finished" ON "saga"."instance" USING btree ("finished_at") WHERE finished_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "mailbox_signal_once" ON "saga"."mailbox" USING btree ("saga_id","signal") WHERE signal is not null;--> statement-breakpoint
ALTER TABLE "saga"."mailbox" ADD CONSTRAINT "mailbox_signal" CHECK (("saga"."mailbox"."kind" = 'signal') = ("saga"."mailbox"."signal" is not null));
--> statement-breakpoint
-- Read by the engine, written by retire() alone.
grant select on saga.archive, saga.retired to counterstep_engine;
--> statement-breakpoint
-- Takes sagas that ended long ago out of the tables, whole: at most `batch` of them, oldest first, in
-- the caller's transaction. The engine may append to the log and read it, nothing else; this function
-- deletes from it as the owner of the tables, and only all of what belongs to a saga at once.
-- Keys of clients and the audit stay.
create function saga.retire(before timestamptz, how text, batch integer) returns integer
language plpgsql security definer
-- Nobody's own schema may lend it tables or operators; and a plan that was made while the tables were
-- small would go on reading them as a whole.
set search_path = pg_catalog, pg_temp set enable_seqscan = off
as $$
declare
  ids uuid[];
begin
  if how is null or how not in ('delete', 'archive') then
    raise exception 'how is "delete" or "archive", not "%"', how using errcode = 'invalid_parameter_value';
  end if;
  -- Locked rows are passed over: somebody is at work on them, a reader of a late message perhaps.
  select array_agg(due.id) into ids from (
    select i.id from saga.instance i
     where i.finished_at is not null and i.finished_at < before
       and i.status in ('completed', 'compensated', 'resolved') and i.owner is null
       and not exists (select from saga.ready r where r.saga_id = i.id)
     order by i.finished_at limit batch for update of i skip locked) due;
  if ids is null then return 0; end if;
  if how = 'archive' then
    insert into saga.archive (saga_id, finished_at, instance, events)
    select i.id, i.finished_at, to_jsonb(i),
           (select coalesce(jsonb_agg(to_jsonb(e) order by e.seq), '[]') from saga.event e where e.saga_id = i.id)
      from saga.instance i where i.id = any(ids);
  end if;
  insert into saga.retired (saga_id) select unnest(ids) on conflict (saga_id) do nothing;
  delete from saga.mailbox where saga_id = any(ids);
  delete from saga.held_message where saga_id = any(ids);
  delete from saga.event where saga_id = any(ids);
  delete from saga.instance where id = any(ids);
  return cardinality(ids);
end $$;
--> statement-breakpoint
revoke all on function saga.retire(timestamptz, text, integer) from public;
--> statement-breakpoint
grant execute on function saga.retire(timestamptz, text, integer) to counterstep_engine;
