-- Breaches as they stand, their changes for those who watch, and the observations that moved them.

create table risk_breach (
  name text primary key,
  country text not null,
  threshold text not null,
  framework text not null,
  severity bigint not null,
  state bigint not null,
  fired bigint not null,
  sequence bigint not null,
  change bigint not null,
  suppressed bigint not null,
  breach bytea not null
);
create index risk_breach_fired on risk_breach (fired desc, name);
create index risk_breach_country on risk_breach (country, fired desc, name);
create index risk_breach_threshold on risk_breach (threshold, fired desc, name);
create index risk_breach_state on risk_breach (state, fired desc, name);
create index risk_breach_suppressed on risk_breach (state) where suppressed = 1;
create index risk_breach_framework on risk_breach (framework, fired desc, name);

create table risk_breach_change (
--sqlite   seq integer primary key autoincrement,
--postgres   seq bigint generated always as identity primary key,
  name text not null,
  -- As it was then; empty of the newest change of a breach, which is as the breach stands.
  breach bytea not null
);

create table risk_breach_cause (
  observation text not null,
  breach text not null,
  primary key (observation, breach)
--sqlite ) without rowid;
--postgres );

-- When the suite was unarmed: nobody was told of breaches.
create table risk_unarmed (
  since bigint primary key,
  until bigint not null,
  reason text not null,
  actor text not null,
  verified bigint not null,
  ended bigint not null
);
