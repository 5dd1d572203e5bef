-- SQLite and PostgreSQL both run this. Times are microseconds since 1970, in UTC.

-- One row, so that a folder of recordings can tell whose it is.
create table history (
  one integer primary key check (one = 1),
  id varchar(64) not null
);

create table analysis (
  id varchar(64) primary key,
  created_at bigint not null,
  file text not null,
  container varchar(16) not null,
  summary text not null,
  result text not null
);

create index analysis_by_time on analysis (created_at, id);

create table correction (
  analysis_id varchar(64) primary key references analysis (id) on delete cascade,
  emotion text not null,
  speaker text,
  corrected_at bigint not null
);
