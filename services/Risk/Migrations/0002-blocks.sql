-- Where observations lie in a country's journal: a row for each entry of many, or for a run of entries of few. Kept in the order of commits, so
-- that the filters of countries that report at once share a page.

create table risk_block (
  country text not null,
  first_position bigint not null,
  last_position bigint not null,
  oldest bigint not null,
  newest bigint not null,
  items bigint not null,
  filter bytea not null,
  primary key (country, first_position)
);
--postgres alter table risk_block alter column filter set storage external;
