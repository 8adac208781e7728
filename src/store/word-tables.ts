/** Migration 6: how many articles have a word, counted once for each article, when it is no news any more. */
export const WORD_TABLES = `
create table word_counts (
  language text not null,
  stem text not null,
  articles integer not null,
  primary key (language, stem)
) strict, without rowid;
create table counted_languages (language text primary key, articles integer not null) strict, without rowid;
alter table articles add column is_counted integer not null default 0;
create index articles_to_count on articles (first_seen_at) where is_counted = 0;
`;
