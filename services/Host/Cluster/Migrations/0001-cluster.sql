-- What processes of one suite know each other by. None of it is in a backup: each epoch makes it anew.

create table cluster_authority (
  epoch text primary key,
  certificate bytea not null,
  key bytea not null,
  secret text not null
);

create table silo_version (
  one bigint primary key check (one = 1),
  epoch text not null,
  version bigint not null,
  generation bigint not null
);

create table silo (
  address text primary key,
  version bigint not null,
  status bigint not null,
  name text not null,
  host text not null,
  proxy bigint not null,
  suspects text not null,
  started bigint not null,
  alive bigint not null
);
