-- The suite's job as a table, a trigger and a notification: what is sent is kept once, the newest value of each series is scored, and whoever listens
-- hears when a country crosses the line. Without checks, revisions, explanation, history of decisions, delivery or receipts.
create table observation (
  id text primary key, country text not null, indicator text not null, source text not null, value double precision not null, observed_at timestamptz not null);
create table latest (
  country text, indicator text, source text, value double precision not null, observed_at timestamptz not null, primary key (country, indicator, source));
create table breach (country text primary key, firing boolean not null);

create function score() returns trigger language plpgsql as $$
declare crossing record;
begin
  insert into latest
    select distinct on (country, indicator, source) country, indicator, source, value, observed_at from fresh
    order by country, indicator, source, observed_at desc
    on conflict (country, indicator, source) do update set value = excluded.value, observed_at = excluded.observed_at
    where excluded.observed_at > latest.observed_at;
  for crossing in
    with scored as (
      select country, avg(value) as score
      from (
        select country, indicator, avg(value) as value from latest
        where country in (select country from fresh) group by country, indicator) as by_indicator
      group by country)
    insert into breach
      select country, score > 70 from scored left join breach using (country)
      where (score > 70 and firing is distinct from true) or (score < 30 and firing)
      order by country
      on conflict (country) do update set firing = excluded.firing
      returning country, firing
  loop
    perform pg_notify('warnings', crossing.country || ' ' || crossing.firing);
  end loop;
  return null;
end $$;
create trigger score after insert on observation referencing new table as fresh for each statement execute function score();
