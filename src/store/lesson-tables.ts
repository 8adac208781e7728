/** Migration 7: what an editor's moves to another theme teach. */
export const LESSON_TABLES = `
create table theme_lessons (
  newsletter text not null references newsletters (slug) on delete cascade,
  article_key text not null,
  title text not null,
  summary text not null,
  language text,
  from_theme text,
  to_theme text not null,
  at text not null,
  primary key (newsletter, article_key)
) strict, without rowid;
update newsletters set definition = json_insert(definition, '$.defaultTheme', null);
`;
