ALTER TABLE "saga"."instance" ADD COLUMN "epoch" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "saga"."instance" ADD COLUMN "log_generation" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "saga"."instance" ADD COLUMN "stalled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "instance_leaderless" ON "saga"."instance" USING btree ("id") WHERE style = 'choreography' and epoch = 0 and finished_at is null;--> statement-breakpoint
CREATE INDEX "instance_stalled" ON "saga"."instance" USING btree ("id") WHERE stalled;
--> statement-breakpoint
-- Takes the logs of choreographed sagas away, to be written anew from the outboxes in the same
-- transaction. Only sagas that nobody coordinates: what a coordinator has written stands nowhere else.
-- The engine may append to the log and read it, nothing else; this function deletes from it as the owner
-- of the tables. Returns the sagas whose logs it took; viewers are told by the higher generation.
create function saga.forget_logs(ids uuid[]) returns setof uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off
as $$
declare
  taken uuid[];
begin
  select array_agg(i.id) into taken from (
    select id from saga.instance
     where id = any(ids) and style = 'choreography' and epoch = 0
     order by id for update) i;
  if taken is null then return; end if;
  delete from saga.event where saga_id = any(taken);
  update saga.instance set log_generation = log_generation + 1 where id = any(taken);
  return query select unnest(taken);
end $$;
--> statement-breakpoint
revoke all on function saga.forget_logs(uuid[]) from public;
--> statement-breakpoint
grant execute on function saga.forget_logs(uuid[]) to counterstep_engine;
