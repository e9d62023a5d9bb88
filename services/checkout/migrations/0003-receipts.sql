-- Up Migration
-- The receipt that billing gave for the charge; null for orders that were not charged, or before this column.
alter table orders add column receipt json;

-- Down Migration
alter table orders drop column receipt;
