create table owners (id integer primary key);
