-- A status changes once: room on the page keeps that update heap-only.
alter table orders.customer_order set (fillfactor = 85);
--> statement-breakpoint
-- Roles belong to the cluster: another database, or another process, may create it at this moment.
do $$
begin
  create role counterstep_order nologin;
exception when duplicate_object or unique_violation then null;
end $$;
--> statement-breakpoint
do $$
begin
  execute format('grant counterstep_order to %I', current_user);
exception when unique_violation then null;
end $$;
--> statement-breakpoint
grant usage on schema orders to counterstep_order;
--> statement-breakpoint
-- What happened in the business stays: no deletes.
grant select, insert, update on orders.customer_order, orders.order_line to counterstep_order;
--> statement-breakpoint
grant select, insert, update, delete on orders.effect, orders.outbox, orders.subscription, orders.parked to counterstep_order;
