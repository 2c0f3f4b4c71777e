-- The suite's one store: who it is, what is journalled, what is owed.

create table store (
  one bigint primary key check (one = 1),
  identity text not null,
  epoch text not null,
  mode text not null check (mode in ('actual', 'exercise')),
  owner text not null,
  created bigint not null,
  beat bigint not null,
  writer text not null,
  quiet text not null
);

-- The processes that run on the store; each keeps its row alive, by the store's clock where it has one. `steady` says since when it has done so without a
-- gap: whoever was cut off himself, or has only just begun, does not judge others by their silence.
create table process (
  id text primary key,
  services text not null,
  peer text not null,
  version text not null,
  started bigint not null,
  beat bigint not null,
  seen bigint not null,
  steady bigint not null,
  files text not null default ''
);

create table writer (
  journal text primary key,
  epoch bigint not null,
  trimmed bigint not null default 0,
  archived bigint not null default 0
);

create table archive (
  journal text not null,
  file text not null,
  first_position bigint not null,
  last_position bigint not null,
  checksum bigint not null,
  primary key (journal, file)
);

create table journal (
  journal text not null,
  position bigint not null,
  unit bigint not null,
  recorded bigint not null,
  checksum bigint not null,
  entry bytea not null,
  primary key (journal, position)
);
--postgres alter table journal alter column entry set storage external;
--postgres alter table journal set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

create table snapshot (
  journal text not null,
  position bigint not null,
  checksum bigint not null,
  state bytea not null,
  primary key (journal, position)
);

-- Ids are compared by their bytes on both engines: those of one thing are a range.
create table outbox (
--sqlite   seq integer primary key autoincrement,
--postgres   seq bigint generated always as identity primary key,
--postgres   tx xid8 not null default pg_current_xact_id(),
--sqlite   event text not null unique,
--postgres   event text collate "C" not null unique,
  app text not null,
  topic text not null,
  type text not null,
  subject text not null,
  data bytea not null,
  consumers text not null,
  trace text not null,
  created bigint not null,
  due bigint not null,
  published bigint not null,
  attempts bigint not null,
  fault text not null,
  state text not null check (state in ('owed', 'published', 'aside', 'failed'))
);
create index outbox_owed on outbox (app, subject, seq) where state = 'owed';
create index outbox_next on outbox (seq) where state = 'owed';
create index outbox_published on outbox (published) where state = 'published';
create index outbox_state on outbox (state, created);
create index outbox_fault on outbox (seq) where fault <> '';
--postgres alter table outbox set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

-- What a person has given up of what was owed, and why.
create table outbox_dismissed (
--sqlite   seq integer primary key autoincrement,
--postgres   seq bigint generated always as identity primary key,
--sqlite   event text not null unique,
--postgres   event text collate "C" not null unique,
  app text not null,
  topic text not null,
  type text not null,
  subject text not null,
  data bytea not null,
  consumers text not null,
  created bigint not null,
  published bigint not null,
  attempts bigint not null,
  fault text not null,
  at bigint not null,
  actor text not null,
  verified bigint not null,
  reason text not null
);

create table consumed (
  consumer text not null,
--sqlite   event text not null,
--postgres   event text collate "C" not null,
  at bigint not null,
  fault text not null,
  primary key (event, consumer)
--sqlite ) without rowid;
--postgres );
--postgres alter table consumed set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

create table due (
  queue text not null,
  member text not null,
  at bigint not null,
  primary key (queue, member)
);
create index due_at on due (queue, at);
--postgres alter table due set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

create table lease (
  name text primary key,
  holder text not null,
  process text not null default '',
  until bigint not null
);

-- What was answered to writes under an id of their caller's choice, so that one sent again is recognised. `reached` says how far a write of several
-- steps has come; it is empty once the answer is whole.
create table request (
  caller text not null,
  id text not null,
  method text not null,
  content text not null,
  reached text not null,
  answer bytea not null,
  size bigint not null,
  at bigint not null,
  primary key (caller, id)
);
create index request_at on request (at, size);
--postgres alter table request set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

-- Who did what, and who was refused: each entry's hash covers the one before it, so that none can be changed or left out unseen. Whatever commits an
-- act adds its entry; `chain` says where the entries begin, since older ones were let go, and where they end.
create table audit (
  position bigint primary key,
  id text not null unique,
  at bigint not null,
  caller text not null,
  method text not null,
  code text not null,
  entry text not null,
  hash text not null
);
create index audit_at on audit (at, position);
create index audit_caller on audit (caller, position);
create index audit_method on audit (method, position);

create table audit_chain (
  one bigint primary key check (one = 1),
  start_position bigint not null,
  start_hash text not null,
  head_position bigint not null,
  head_hash text not null
);
insert into audit_chain (one, start_position, start_hash, head_position, head_hash) values (1, 0, '', 0, '');
--postgres create function audit_hash(text, text) returns text language sql immutable as $f$ select encode(sha256(convert_to($1 || chr(10) || $2, 'UTF8')), 'hex') $f$;
