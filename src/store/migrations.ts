import { BOUNCE_TABLES } from './bounce-tables.ts';
import { CORRECTION_TABLES } from './correction-tables.ts';
import { EDIT_TABLES } from './edit-tables.ts';
import { LESSON_TABLES } from './lesson-tables.ts';
import { MODEL_TABLES } from './model-tables.ts';
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
    sql: `
create table meta (key text primary key, value text not null) strict;

create table newsletters (
  slug text primary key,
  definition text not null,
  is_paused integer not null default 0,
  created_at text not null
) strict;

create table feeds (
  id text primary key,
  url text not null unique,
  title text,
  outlet text,
  weight real not null default 1,
  language text,
  state text not null default 'new' check (state in ('new', 'ok', 'failing', 'retired')),
  etag text,
  last_modified text,
  last_fetched_at text,
  last_full_fetch_at text,
  next_fetch_at text,
  failures integer not null default 0,
  problem text,
  lease_until text,
  created_at text not null
) strict;

create table newsletter_feeds (
  newsletter text not null references newsletters (slug) on delete cascade,
  feed_id text not null references feeds (id) on delete cascade,
  theme_hint text,
  excluded_words text not null default '[]',
  primary key (newsletter, feed_id)
) strict, without rowid;

create table outlets (key text primary key, name text not null) strict;

create table articles (
  key text primary key,
  url text,
  title text not null,
  summary text not null,
  text text not null,
  outlet text not null references outlets (key),
  language text,
  published_at text not null,
  is_date_guessed integer not null,
  image text,
  categories text not null default '[]',
  first_seen_at text not null
) strict;
create index articles_by_time on articles (published_at);

create table article_revisions (
  article_key text not null references articles (key) on delete cascade,
  replaced_at text not null,
  title text not null,
  summary text not null,
  text text not null,
  primary key (article_key, replaced_at)
) strict, without rowid;

create table article_feeds (
  article_key text not null references articles (key) on delete cascade,
  feed_id text not null references feeds (id) on delete cascade,
  position integer not null,
  primary key (article_key, feed_id)
) strict, without rowid;
create index article_feeds_by_feed on article_feeds (feed_id);

create table stories (
  id text not null,
  newsletter text not null references newsletters (slug) on delete cascade,
  lead text not null references articles (key) on delete cascade,
  updated_at text not null,
  primary key (newsletter, id)
) strict, without rowid;

create table story_articles (
  newsletter text not null,
  article_key text not null references articles (key) on delete cascade,
  story_id text not null,
  primary key (newsletter, article_key),
  foreign key (newsletter, story_id) references stories (newsletter, id) on delete cascade
) strict, without rowid;

create table issues (
  id text primary key,
  newsletter text not null references newsletters (slug),
  date text not null,
  kind text not null check (kind in ('daily', 'weekly', 'extra')),
  state text not null check (state in ('draft', 'frozen', 'sending', 'paused', 'finished', 'cancelled', 'skipped')),
  reason text,
  document text not null,
  templates text,
  content_hash text,
  built_at text not null,
  frozen_at text,
  deadline text,
  is_audience_complete integer not null default 0,
  finished_at text,
  unique (newsletter, date, kind)
) strict;

create table issue_articles (
  newsletter text not null,
  article_key text not null,
  issue_id text not null references issues (id),
  primary key (newsletter, article_key)
) strict, without rowid;

create table subscribers (
  id text primary key,
  address text not null,
  normalized_address text not null unique,
  name text not null default '',
  zone text,
  language text,
  created_at text not null
) strict;

create table subscriptions (
  id text primary key,
  subscriber_id text not null references subscribers (id) on delete cascade,
  newsletter text not null references newsletters (slug),
  state text not null check (state in ('pending', 'active', 'paused', 'unsubscribed')),
  consent text,
  consent_at text,
  send_time text,
  weekdays text,
  topics text,
  mutes text,
  length text,
  look text,
  created_at text not null,
  updated_at text not null,
  unique (subscriber_id, newsletter)
) strict;
create index subscriptions_by_newsletter on subscriptions (newsletter, state, id);

create table suppressions (
  address text primary key,
  reason text not null check (reason in ('hard_bounce', 'complaint', 'erasure', 'manual')),
  note text,
  created_at text not null
) strict;

create table deliveries (
  id text primary key,
  issue_id text not null references issues (id),
  subscription_id text not null references subscriptions (id),
  state text not null check (state in ('queued', 'claimed', 'handing_over', 'sent', 'failed', 'skipped', 'unknown')),
  not_before text not null,
  local_date text,
  message_id text not null,
  snapshot text,
  lease_token text,
  lease_until text,
  crashes integer not null default 0,
  attempts integer not null default 0,
  reason text,
  updated_at text not null,
  unique (issue_id, subscription_id)
) strict;
create unique index deliveries_once_a_date on deliveries (subscription_id, local_date) where local_date is not null;
create index deliveries_waiting on deliveries (issue_id, state, not_before);

create table attempts (
  delivery_id text not null references deliveries (id),
  number integer not null,
  outcome text not null,
  stage text not null,
  code integer,
  reply text not null,
  transport text not null,
  started_at text not null,
  ended_at text not null,
  asked_by text not null,
  primary key (delivery_id, number)
) strict, without rowid;

create table outbox (
  id text primary key,
  purpose text not null,
  subject_key text not null,
  state text not null check (state in ('queued', 'claimed', 'handing_over', 'sent', 'failed', 'skipped', 'unknown')),
  not_before text not null,
  message text not null,
  lease_token text,
  lease_until text,
  attempts integer not null default 0,
  reason text,
  updated_at text not null,
  unique (purpose, subject_key)
) strict;
`,
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
  { version: 20, name: 'corrections, and letters to many', sql: CORRECTION_TABLES },
];
