-- Up Migration
-- Confirmed orders that recommendations must count: written with the confirmation, delivered at least once.
create table outbox (
  id bigserial primary key,
  order_id uuid not null unique references orders (id),
  skus text[] not null,
  traceparent text,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  delivered_at timestamptz,
  created_at timestamptz not null default now()
);
create index outbox_waiting on outbox (next_attempt_at) where delivered_at is null;

-- Down Migration
drop table outbox;
