-- Few rows, changed by every order: mostly free pages keep the updates heap-only, and vacuum comes by count.
alter table inventory.stock set (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
--> statement-breakpoint
-- A reservation changes at most once, when it is released.
alter table inventory.reservation set (fillfactor = 85);
--> statement-breakpoint
-- Roles belong to the cluster: another database, or another process, may create it at this moment.
do $$
begin
  create role counterstep_inventory nologin;
exception when duplicate_object or unique_violation then null;
end $$;
--> statement-breakpoint
do $$
begin
  execute format('grant counterstep_inventory to %I', current_user);
exception when unique_violation then null;
end $$;
--> statement-breakpoint
grant usage on schema inventory to counterstep_inventory;
--> statement-breakpoint
-- What happened in the business stays: no deletes.
grant select, insert, update on inventory.stock, inventory.reservation to counterstep_inventory;
--> statement-breakpoint
grant select, insert, update, delete on inventory.effect, inventory.outbox, inventory.subscription, inventory.parked to counterstep_inventory;
