-- Half of each page stays free for new row versions: step updates stay heap-only.
alter table saga.instance set (fillfactor = 60);
--> statement-breakpoint
-- Emptied and filled all the time: vacuum by count, not by share of the table.
alter table saga.ready set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
--> statement-breakpoint
insert into saga.fault_version (id, version) values (1, 1);
--> statement-breakpoint
-- Roles belong to the cluster: another database, or another process, may have created it.
do $$
begin
  create role counterstep_engine nologin;
exception when duplicate_object or unique_violation then null;
end $$;
--> statement-breakpoint
do $$ begin execute format('grant counterstep_engine to %I', current_user); end $$;
--> statement-breakpoint
grant usage on schema saga to counterstep_engine;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema saga to counterstep_engine;
--> statement-breakpoint
-- The log is append-only, for the engine too.
revoke update, delete on saga.event from counterstep_engine;
--> statement-breakpoint
revoke update, delete on saga.audit from counterstep_engine;
