import type { Generated } from 'kysely';
import type { EditCommand } from '../domain/edit.ts';
import type { IssueKind } from '../domain/newsletter.ts';
import type { BounceClass, NoticeKind } from '../domain/bounce.ts';
import type { IssueState } from '../domain/issue.ts';
import type { DeliveryState } from '../domain/delivery.ts';
import type { FeedState } from '../domain/feed.ts';
import type { SubscriptionState, SuppressionReason } from '../domain/subscription.ts';

/** The tables as rows: instants are ISO text, flags 0 or 1, lists and documents JSON text. */
export interface Schema {
  meta: { key: string; value: string };
  model_answers: { hash: string; model: string; answer: string; asked_at: string };
  newsletters: { slug: string; definition: string; is_paused: number; created_at: string };
  feeds: FeedRow;
  newsletter_feeds: {
    newsletter: string;
    feed_id: string;
    theme_hint: string | null;
    excluded_words: string;
    is_headline_only: number;
  };
  outlets: { key: string; name: string };
  articles: ArticleRow;
  article_revisions: {
    article_key: string;
    replaced_at: string;
    title: string;
    summary: string;
    text: string;
  };
  article_pages: ArticlePageRow;
  article_feeds: { article_key: string; feed_id: string; position: number };
  stories: { id: string; newsletter: string; lead: string; updated_at: string };
  story_articles: { newsletter: string; article_key: string; story_id: string };
  issues: IssueRow;
  threads: { newsletter: string; id: string; began_on: string };
  thread_stories: ThreadStoryRow;
  issue_articles: { newsletter: string; article_key: string; issue_id: string };
  edits: {
    newsletter: string;
    date: string;
    number: number;
    kind: EditCommand['kind'];
    at: string;
    who: string;
    about: string;
    command: string;
  };
  word_counts: { language: string; stem: string; articles: number };
  counted_languages: { language: string; articles: number };
  issue_inputs: { issue_id: string; inputs: Uint8Array };
  theme_lessons: {
    newsletter: string;
    article_key: string;
    title: string;
    summary: string;
    language: string | null;
    from_theme: string | null;
    to_theme: string;
    at: string;
  };
  subscribers: {
    id: string;
    address: string;
    normalized_address: string;
    name: string;
    zone: string | null;
    language: string | null;
    created_at: string;
  };
  subscriptions: SubscriptionRow;
  suppressions: {
    address: string;
    reason: SuppressionReason;
    note: string | null;
    created_at: string;
  };
  deliveries: DeliveryRow;
  transport_use: { transport: string; slot: string; count: number };
  sends: SendRow;
  outbox: OutboxRow;
  outbox_emails: { hash: string; email: string };
  corrections: {
    id: string;
    issue_id: string;
    story_id: string;
    text: string;
    made_at: string;
  };
  bounces: BounceRow;
  attempts: {
    delivery_id: string;
    number: number;
    outcome: string;
    stage: string;
    code: number | null;
    reply: string;
    transport: string;
    started_at: string;
    ended_at: string;
    asked_by: string;
  };
}

/** What came back; the id is a hash of what it is about, so that the same news twice is one row. */
export interface BounceRow {
  id: string;
  delivery_id: string | null;
  address: string;
  kind: NoticeKind;
  class: BounceClass;
  cause: string;
  status: string | null;
  diagnostic: string | null;
  reported_by: string | null;
  source: string;
  at: string;
}

export interface FeedRow {
  id: string;
  url: string;
  title: string | null;
  outlet: string | null;
  weight: number;
  language: string | null;
  state: FeedState;
  etag: string | null;
  last_modified: string | null;
  last_fetched_at: string | null;
  last_full_fetch_at: string | null;
  next_fetch_at: string | null;
  failures: number;
  problem: string | null;
  lease_until: string | null;
  created_at: string;
  /** 0 when pages are not read for it; null and 1 when they are. */
  fetch_pages: number | null;
  failing_since: string | null;
  last_status: number | null;
  content_hash: string | null;
  last_changed_at: string | null;
  change_seconds: number | null;
  polling_hints: string | null;
}

export interface ArticleRow {
  key: string;
  url: string | null;
  title: string;
  summary: string;
  text: string;
  outlet: string;
  language: string | null;
  published_at: string;
  is_date_guessed: number;
  image: string | null;
  categories: string;
  first_seen_at: string;
  theme_hint: string | null;
  is_pinned: number;
  is_opening: number;
  /** 1 when its words are in word_counts. */
  is_counted: number;
}

/** What was read on an article's web page; only when it was tried where nothing was. */
export interface ArticlePageRow {
  article_key: string;
  tries: number;
  tried_at: string;
  text: string | null;
  summary: string | null;
  language: string | null;
  image: string | null;
}

export interface IssueRow {
  id: string;
  newsletter: string;
  date: string;
  kind: IssueKind;
  state: IssueState;
  reason: string | null;
  document: string;
  templates: string | null;
  content_hash: string | null;
  built_at: string;
  frozen_at: string | null;
  deadline: string | null;
  is_audience_complete: number;
  finished_at: string | null;
}

/** A story of a frozen issue, the thread it is in, and what it told. */
interface ThreadStoryRow {
  issue_id: string;
  story_id: string;
  newsletter: string;
  thread_id: string;
  language: string | null;
  title: string;
  text: string;
}

export interface SubscriptionRow {
  id: string;
  subscriber_id: string;
  newsletter: string;
  state: SubscriptionState;
  consent: string | null;
  consent_at: string | null;
  /** JSON list of theme slugs; null for none. */
  topics: string | null;
  /** JSON `{themes, threads}`; null for none. */
  mutes: string | null;
  /** Most minutes of reading, as text; null for the whole issue. */
  length: string | null;
  look: string | null;
  send_time: string | null;
  /** JSON list of ISO weekdays; null for all. */
  weekdays: string | null;
  created_at: string;
  updated_at: string;
}

/** What is known of an issue's sending beside its ledger; see send-tables.ts. */
interface SendRow {
  issue_id: string;
  held: string | null;
  hold_until: string | null;
  results: string;
  counted: number;
}

/** Where a mail stands on its way. */
interface MailRow {
  state: DeliveryState;
  not_before: string;
  lease_token: string | null;
  lease_until: string | null;
  crashes: number;
  attempts: number;
  reason: string | null;
  updated_at: string;
}

/** A mail that is not an issue, on its way. */
interface OutboxRow extends MailRow {
  id: string;
  purpose: string;
  subject_key: string;
  /** JSON; its `email` is in outbox_emails where a hash is given. */
  message: string;
  email_hash: string | null;
  /** The subscription it needs; null for a mail that needs none. */
  subscription_id: string | null;
  created_at: string;
}

export interface DeliveryRow extends MailRow {
  id: string;
  issue_id: string;
  subscription_id: string;
  local_date: string | null;
  message_id: string;
  snapshot: string | null;
  /** 0 editors, 1 the first ten, 2 the rest. */
  wave: Generated<number>;
  /** The domain in whose lane it waits; empty for none. */
  lane: Generated<string>;
  expires_at: string | null;
}
