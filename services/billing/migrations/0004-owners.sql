-- Up Migration
-- Who works on a pending charge: only its owner settles it. Null in charges from before this column.
alter table charges add column owner uuid;

-- Down Migration
alter table charges drop column owner;
