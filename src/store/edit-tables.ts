/** Migration 4: the editor's log, and what an issue was made from. */
export const EDIT_TABLES = `
create table edits (
  newsletter text not null references newsletters (slug),
  date text not null,
  number integer not null,
  kind text not null check (kind in ('pin', 'drop', 'move', 'merge', 'split', 'rewrite', 'undo')),
  at text not null,
  who text not null,
  about text not null,
  command text not null,
  primary key (newsletter, date, number)
) strict, without rowid;

create table issue_inputs (
  issue_id text primary key references issues (id) on delete cascade,
  inputs blob not null
) strict;
`;
