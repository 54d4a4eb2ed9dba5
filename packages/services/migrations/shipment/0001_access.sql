-- Roles belong to the cluster: another database, or another process, may create it at this moment.
do $$
begin
  create role counterstep_shipment nologin;
exception when duplicate_object or unique_violation then null;
end $$;
--> statement-breakpoint
do $$
begin
  execute format('grant counterstep_shipment to %I', current_user);
exception when unique_violation then null;
end $$;
--> statement-breakpoint
grant usage on schema shipment to counterstep_shipment;
--> statement-breakpoint
-- What happened in the business stays: no deletes.
grant select, insert, update on shipment.shipment to counterstep_shipment;
--> statement-breakpoint
grant select, insert, update, delete on shipment.effect, shipment.outbox, shipment.subscription, shipment.parked to counterstep_shipment;
