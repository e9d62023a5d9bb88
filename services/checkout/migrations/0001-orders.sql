-- Up Migration
create table orders (
  id uuid primary key,
  customer_id text not null,
  status text not null default 'pending' check (status in ('pending', 'confirmed', 'declined', 'failed')),
  items json not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor integer not null check (amount_minor > 0),
  payment_method text, -- a token, kept for as long as the order is pending
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  constraint orders_token check ((status = 'pending') = (payment_method is not null))
);

create function orders_move_forward() returns trigger language plpgsql as $$
begin
  if old.status <> 'pending' then
    raise exception 'a % order cannot become %', old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger orders_move_forward before update of status on orders
  for each row execute function orders_move_forward();

create table idempotency (
  customer_id text not null,
  key text not null,
  request_hash text not null,
  order_id uuid not null references orders (id) deferrable initially deferred,
  state text not null default 'in_progress' check (state in ('in_progress', 'done')),
  owner uuid not null, -- the attempt that works on it
  lease_until timestamptz not null, -- after which the owner counts as dead
  traceparent text, -- of the first attempt, for the process that finishes the order
  status integer, -- what was answered, once it is done
  body json,
  created_at timestamptz not null default now(),
  constraint idempotency_once_per_key unique (customer_id, key),
  constraint idempotency_answer check ((state = 'done') = (status is not null and body is not null))
);
create index idempotency_of_order on idempotency (order_id);
create index idempotency_abandoned on idempotency (lease_until) where state = 'in_progress';

-- Down Migration
drop table idempotency;
drop table orders;
drop function orders_move_forward;
