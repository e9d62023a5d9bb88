-- Up Migration
-- The receipt as it was given: v1 and v2 write different ones, and a replay, from either version, is the first answer.
alter table charges add column receipt json;

-- Down Migration
alter table charges drop column receipt;
