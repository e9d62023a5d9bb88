-- Up Migration
create table charges (
  id uuid primary key,
  order_id uuid not null,
  caller text not null, -- a SPIFFE id, or the empty string where there is no mTLS; never NULL, which UNIQUE would not compare
  idempotency_key text not null,
  request_hash text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency = 'NOK'),
  status text not null default 'pending' check (status in ('pending', 'succeeded', 'declined')),
  reason text,
  lease_until timestamptz not null, -- a pending charge whose owner has died may be taken over from then on
  created_at timestamptz not null default now(),
  constraint one_charge_a_key unique (caller, idempotency_key),
  constraint one_charge_an_order unique (order_id)
);

create table refunds (
  id uuid primary key,
  charge_id uuid not null references charges,
  caller text not null,
  idempotency_key text not null,
  request_hash text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency = 'NOK'),
  created_at timestamptz not null default now(),
  constraint one_refund_a_key unique (caller, idempotency_key)
);
create index refunds_of_a_charge on refunds (charge_id);

-- What was earned and given back, written in the transaction that made it so. Rows are never changed.
create table ledger (
  id bigserial primary key,
  charge_id uuid not null references charges,
  refund_id uuid unique references refunds,
  amount_minor bigint not null, -- positive for a charge, negative for a refund
  currency text not null,
  booked_at timestamptz not null default now()
);
create unique index one_entry_a_charge on ledger (charge_id) where refund_id is null;

create function only_forward() returns trigger language plpgsql as $$
begin
  if old.status <> 'pending' and new.status <> old.status then
    raise exception 'a % charge cannot become %', old.status, new.status;
  end if;
  return new;
end $$;
create trigger charges_only_forward before update on charges for each row execute function only_forward();

-- Down Migration
drop table ledger, refunds, charges;
drop function only_forward;
