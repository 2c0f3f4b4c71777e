-- Who was told what, and what became of it: the events that lead to messages, the messages, their deliveries by channel, and the receipts of all
-- attempts. Times are ticks of UTC, 0 where there is none.

create table notification_event (
  event text primary key,
  words bytea not null,
  trace text not null,
  source bytea
);

create table notification_breach (
  breach text primary key,
  sequence bigint not null,
  firing bigint not null
--sqlite ) without rowid;
--postgres );

create table notification_message (
--sqlite   seq integer primary key autoincrement,
--postgres   seq bigint generated always as identity primary key,
  id text not null unique,
  event text not null,
  recipient text not null,
  recipient_name text not null,
  role bigint not null,
  reason text not null,
  tlp text not null,
  country text not null,
  breach text not null,
  case_name text not null,
  climb bigint not null,
  step bigint not null,
  severity bigint not null,
  state bigint not null,
  sequence bigint not null,
  created bigint not null,
  delivered bigint not null,
  read_at bigint not null,
  read_by text not null,
  acknowledged bigint not null,
  acknowledged_by text not null,
  settled bigint not null
);
create index notification_message_recipient on notification_message (recipient, seq);
create index notification_message_breach on notification_message (breach, seq);
create index notification_message_case on notification_message (case_name, seq) where case_name <> '';
create index notification_message_country on notification_message (country, seq);
create index notification_message_state on notification_message (state, seq);
create index notification_message_severity on notification_message (severity, seq);
create index notification_message_created on notification_message (created);
create index notification_message_event on notification_message (event);
create index notification_message_unaddressed on notification_message (seq) where recipient = '' and settled = 0;

create table notification_delivery (
  message text not null,
  channel text not null,
  recipient text not null,
  kind bigint not null,
  destination text not null,
  severity bigint not null,
  state bigint not null,
  created bigint not null,
  due bigint not null,
  ends bigint not null,
  attempts bigint not null,
  failures bigint not null,
  holder text not null,
  detail text not null,
  primary key (message, channel)
--sqlite ) without rowid;
--postgres );
-- In the order in which it is sent: without it each attempt sorts all that waits on its channel.
create index notification_delivery_order on notification_delivery (recipient, channel, severity desc, created, message, due) where state = 1;
create index notification_delivery_due on notification_delivery (recipient, channel, due) where state = 1;
create index notification_delivery_ends on notification_delivery (ends) where state = 1;
create index notification_delivery_given_up on notification_delivery (recipient, channel) where state = 3;
create index notification_delivery_held on notification_delivery (holder) where holder <> '';
--postgres alter table notification_delivery set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

create table notification_receipt (
  message text not null,
  channel text not null,
  attempt bigint not null,
  at bigint not null,
  destination text not null,
  outcome bigint not null,
  detail text not null,
  next bigint not null,
  primary key (message, channel, attempt)
--sqlite ) without rowid;
--postgres );

create table notification_rest (
  recipient text not null,
  channel text not null,
  address text not null,
  since bigint not null,
  detail text not null,
  primary key (recipient, channel)
);
