-- Up Migration
create table purchases (
  id bigserial primary key,
  order_id uuid not null unique, -- an order's event may arrive more than once and is counted once
  skus text[] not null check (cardinality(skus) between 1 and 20),
  received_at timestamptz not null default now()
);

-- Down Migration
drop table purchases;
