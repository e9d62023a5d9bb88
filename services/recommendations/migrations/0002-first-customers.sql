-- Up Migration
-- A dozen purchases from before the shop was on the web, so that the first visitor is recommended something.
insert into purchases (order_id, skus) values
  ('00000000-0000-4000-8000-000000000001', '{tent-2p,sleeping-bag,sleeping-mat}'),
  ('00000000-0000-4000-8000-000000000002', '{tent-2p,headlamp}'),
  ('00000000-0000-4000-8000-000000000003', '{tent-4p,sleeping-bag,stove}'),
  ('00000000-0000-4000-8000-000000000004', '{stove,cookset,thermos}'),
  ('00000000-0000-4000-8000-000000000005', '{rain-jacket,wool-base}'),
  ('00000000-0000-4000-8000-000000000006', '{hiking-boots,wool-base,rain-jacket}'),
  ('00000000-0000-4000-8000-000000000007', '{backpack-50l,sleeping-mat}'),
  ('00000000-0000-4000-8000-000000000008', '{tent-2p,sleeping-mat,stove}'),
  ('00000000-0000-4000-8000-000000000009', '{headlamp,thermos}'),
  ('00000000-0000-4000-8000-000000000010', '{wool-base,thermos}'),
  ('00000000-0000-4000-8000-000000000011', '{backpack-50l,hiking-boots}'),
  ('00000000-0000-4000-8000-000000000012', '{sleeping-bag,wool-base}');

-- Down Migration
delete from purchases where order_id::text like '00000000-0000-4000-8000-0000000000%';
