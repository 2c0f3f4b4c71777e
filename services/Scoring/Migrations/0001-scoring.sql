-- Long calls that go on without their callers: how they stand, in which process they run, what they were asked until they have ended, and what they found until it is forgotten.

create table scoring_operation (
  name text primary key,
  method bigint not null,
  state bigint not null,
  caller text not null,
  verified bigint not null,
  request_id text not null,
  created bigint not null,
  started bigint not null,
  ended bigint not null,
  expires bigint not null,
  attempts bigint not null,
  bytes bigint not null,
  error bytea,
  holder text not null default ''
);
create index scoring_operation_created on scoring_operation (created desc, name);
create index scoring_operation_state on scoring_operation (state, created, name);

create table scoring_operation_request (
  name text primary key,
  request bytea not null
);
--postgres alter table scoring_operation_request alter column request set storage external;

create table scoring_operation_result (
  name text primary key,
  result bytea not null
);
--postgres alter table scoring_operation_result alter column result set storage external;
