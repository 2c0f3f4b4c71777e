-- Cases as they stand, what happened in them, their breaches, and their changes for those who watch.

create table escalation_case (
  name text primary key,
  country text not null,
  state bigint not null,
  severity bigint not null,
  opened bigint not null,
  closed bigint not null,
  sequence bigint not null,
  entries bigint not null,
  unaddressed bigint not null,
  asked bigint not null,
  record bytea not null
);
create unique index escalation_case_open on escalation_case (country) where closed = 0;
create index escalation_case_opened on escalation_case (opened desc, name) where closed = 0;
create index escalation_case_country on escalation_case (country, closed desc, name);
create index escalation_case_closed on escalation_case (closed desc, name) where closed > 0;

create table escalation_entry (
  case_name text not null,
  number bigint not null,
  entry bytea not null,
  primary key (case_name, number)
--sqlite ) without rowid;
--postgres );

create table escalation_breach (
  breach text primary key,
  case_name text not null,
  cause text not null,
  framework text not null,
  threshold text not null,
  sequence bigint not null,
  state bigint not null,
  fired bigint not null,
  position bigint not null
);
create index escalation_breach_case on escalation_breach (case_name, fired desc);
create index escalation_breach_threshold on escalation_breach (threshold);

-- What became of notifications, each once; of a breach that has not come yet with the entry that waits for it.
create table escalation_outcome (
  notification text not null,
  kind bigint not null,
  breach text not null,
  entry bytea,
  primary key (notification, kind)
--sqlite ) without rowid;
--postgres );
create index escalation_outcome_waiting on escalation_outcome (breach) where entry is not null;

create table escalation_change (
--sqlite   seq integer primary key autoincrement,
--postgres   seq bigint generated always as identity primary key,
  case_name text not null,
  first_entry bigint not null,
  last_entry bigint not null
);
