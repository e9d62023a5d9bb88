-- Up Migration
-- Attempts to settle an abandoned order, and its pause; what can never succeed is parked until a person has looked at it.
alter table idempotency
  add column attempts integer not null default 0,
  add column next_attempt_at timestamptz not null default now(),
  add column parked_at timestamptz,
  add column parked_because text;
alter table outbox add column parked_at timestamptz, add column parked_because text;

drop index idempotency_abandoned;
create index idempotency_abandoned on idempotency (lease_until) where state = 'in_progress' and parked_at is null;
create index idempotency_parked on idempotency (parked_at) where parked_at is not null;
drop index outbox_waiting;
create index outbox_waiting on outbox (next_attempt_at) where delivered_at is null and parked_at is null;
create index outbox_parked on outbox (parked_at) where parked_at is not null;

-- For retention. BRIN, because rows are added in the order of these times: it costs a write next to nothing.
create index idempotency_created on idempotency using brin (created_at);
create index outbox_delivered on outbox using brin (delivered_at);

-- Down Migration
drop index idempotency_parked, outbox_parked, idempotency_created, outbox_delivered, idempotency_abandoned, outbox_waiting;
alter table idempotency drop column attempts, drop column next_attempt_at, drop column parked_at, drop column parked_because;
alter table outbox drop column parked_at, drop column parked_because;
create index idempotency_abandoned on idempotency (lease_until) where state = 'in_progress';
create index outbox_waiting on outbox (next_attempt_at) where delivered_at is null;
