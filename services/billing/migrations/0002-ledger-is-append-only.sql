-- Up Migration
alter table ledger add constraint ledger_sign check (
  (refund_id is null and amount_minor > 0) or (refund_id is not null and amount_minor < 0)
);

create function append_only() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed', tg_table_name;
end $$;
create trigger ledger_append_only before update or delete or truncate on ledger
  for each statement execute function append_only();

-- Down Migration
drop trigger ledger_append_only on ledger;
drop function append_only;
alter table ledger drop constraint ledger_sign;
