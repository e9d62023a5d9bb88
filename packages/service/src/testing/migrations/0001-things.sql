-- Slow, so that replicas that start together meet in it.
select pg_sleep(0.2);
create table things (id integer primary key);
