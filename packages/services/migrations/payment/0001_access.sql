-- A payment changes at most once, when it is refunded.
alter table payment.payment set (fillfactor = 85);
--> statement-breakpoint
-- Roles belong to the cluster: another database, or another process, may create it at this moment.
do $$
begin
  create role counterstep_payment nologin;
exception when duplicate_object or unique_violation then null;
end $$;
--> statement-breakpoint
do $$
begin
  execute format('grant counterstep_payment to %I', current_user);
exception when unique_violation then null;
end $$;
--> statement-breakpoint
grant usage on schema payment to counterstep_payment;
--> statement-breakpoint
-- What happened in the business stays: no deletes.
grant select, insert, update on payment.account, payment.payment to counterstep_payment;
--> statement-breakpoint
grant select, insert, update, delete on payment.effect, payment.outbox, payment.subscription, payment.parked to counterstep_payment;
