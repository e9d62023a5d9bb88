-- Up Migration
-- The provider's book: one row a payment, by the id that its client gave.
create table payments (
  id uuid constraint one_payment_an_id primary key,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  status text not null check (status in ('succeeded', 'declined')),
  reason text,
  asked integer not null default 1, -- how often it has been asked for
  paid_at timestamptz not null default now()
);

create function payment_is_final() returns trigger language plpgsql as $$
begin
  if (old.id, old.amount_minor, old.currency, old.status) is distinct from (new.id, new.amount_minor, new.currency, new.status) then
    raise exception 'a payment is never changed';
  end if;
  return new;
end $$;
create trigger payment_is_final before update on payments for each row execute function payment_is_final();

-- Payments for which the provider was away, each from then on.
create table outages (
  payment_id uuid constraint one_outage_a_payment primary key,
  since timestamptz not null default now()
);

-- Down Migration
drop table payments, outages;
drop function payment_is_final;
