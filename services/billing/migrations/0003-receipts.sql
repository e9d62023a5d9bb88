-- Up Migration
-- The receipt as it was given: v1 and v2 write different ones, and a replay is the first answer, whoever replays it.
alter table charges add column receipt json;

-- Down Migration
alter table charges drop column receipt;
