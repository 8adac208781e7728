import { BOUNCE_TABLES } from './bounce-tables.ts';
import { CORRECTION_TABLES } from './correction-tables.ts';
import { EDIT_TABLES } from './edit-tables.ts';
import { FIRST_TABLES } from './first-tables.ts';
import { LESSON_TABLES } from './lesson-tables.ts';
import { MODEL_TABLES } from './model-tables.ts';
import { LANE_TABLES } from './lane-tables.ts';
import { ORDER_TABLES } from './order-tables.ts';
import { PRUNE_TABLES } from './prune-tables.ts';
import { QUOTA_TABLES } from './quota-tables.ts';
import { SEND_TABLES } from './send-tables.ts';
import { THREAD_TABLES } from './thread-tables.ts';
import { WORD_TABLES } from './word-tables.ts';

/** The schema's history: numbered, run in order, never edited once released. */
export const MIGRATIONS: readonly {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}[] = [
  {
    version: 1,
    name: 'first light',
    sql: FIRST_TABLES,
  },
  {
    version: 2,
    name: 'feeds that are known by their habits',
    sql: `
alter table feeds add column failing_since text;
alter table feeds add column last_status integer;
alter table feeds add column content_hash text;
alter table feeds add column last_changed_at text;
alter table feeds add column change_seconds integer;
alter table feeds add column polling_hints text;
update feeds set failing_since = last_fetched_at where failures > 0;
`,
  },
  {
    version: 3,
    name: 'pages that are read, notes that are pinned',
    sql: `
alter table feeds add column fetch_pages integer;
alter table articles add column theme_hint text;
alter table articles add column is_pinned integer not null default 0;
create table article_pages (
  article_key text primary key references articles (key) on delete cascade,
  tries integer not null,
  tried_at text not null,
  text text,
  summary text,
  language text,
  image text
) strict, without rowid;
`,
  },
  { version: 4, name: 'what editors asked, and what an issue was made from', sql: EDIT_TABLES },
  { version: 5, name: 'stories that are followed over days', sql: THREAD_TABLES },
  { version: 6, name: 'words that this installation counted', sql: WORD_TABLES },
  { version: 7, name: "lessons from the editor's moves", sql: LESSON_TABLES },
  { version: 8, name: 'answers of a model', sql: MODEL_TABLES },
  { version: 10, name: 'mails that come back', sql: BOUNCE_TABLES },
  { version: 11, name: 'holds, canaries and the outbox', sql: SEND_TABLES },
  { version: 12, name: 'what mail servers were given', sql: QUOTA_TABLES },
  { version: 13, name: 'what is old can go', sql: PRUNE_TABLES },
  { version: 14, name: 'lanes of domains that are mailed slowly', sql: LANE_TABLES },
  { version: 15, name: 'the oldest readers first', sql: ORDER_TABLES },
  { version: 16, name: 'corrections, and letters to many', sql: CORRECTION_TABLES },
];
