-- When each source's newest observation was recorded: the few that are told apart, and the rest as one.

create table indicators_source (
  source text primary key,
  recorded bigint not null
);
