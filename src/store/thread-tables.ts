/** The SQL of migration 5: threads, and what editors say of feeds and notes; never edited once released. */
export const THREAD_TABLES = `
create table threads (
  newsletter text not null references newsletters (slug) on delete cascade,
  id text not null,
  began_on text not null,
  primary key (newsletter, id)
) strict, without rowid;

create table thread_stories (
  issue_id text not null references issues (id) on delete cascade,
  story_id text not null,
  newsletter text not null,
  thread_id text not null,
  language text,
  title text not null,
  text text not null,
  primary key (issue_id, story_id),
  foreign key (newsletter, thread_id) references threads (newsletter, id) on delete cascade
) strict, without rowid;
create index thread_stories_by_thread on thread_stories (newsletter, thread_id);

alter table newsletter_feeds add column is_headline_only integer not null default 0;
alter table articles add column is_opening integer not null default 0;
`;
