-- Up Migration
create table refunds (
  id uuid primary key,
  charge_id uuid not null references charges (id),
  caller text not null,
  key text not null,
  request_hash text not null,
  currency text not null,
  amount_minor integer not null check (amount_minor > 0),
  created_at timestamptz not null default now(),
  constraint refunds_once_per_key unique (caller, key)
);
create index refunds_of_charge on refunds (charge_id);

-- Money that moved: written in the transaction that moved it, never changed. What we were given is positive.
create table ledger (
  id bigserial primary key,
  charge_id uuid not null references charges (id),
  refund_id uuid unique references refunds (id),
  currency text not null,
  amount_minor integer not null,
  written_at timestamptz not null default now(),
  constraint ledger_sign check ((refund_id is null and amount_minor > 0) or (refund_id is not null and amount_minor < 0))
);
create unique index ledger_one_entry_per_charge on ledger (charge_id) where refund_id is null;

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only' using errcode = 'check_violation';
end
$$;
create trigger ledger_is_append_only before update or delete or truncate on ledger
  for each statement execute function ledger_is_append_only();

-- Down Migration
drop table ledger;
drop function ledger_is_append_only;
drop table refunds;
