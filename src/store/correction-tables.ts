/**
 * Migration 16: what was put right after an issue was sent; and an outbox for many readers: an email that they share is kept once,
 * and a mail that needs a subscription names it, so that who has left gets none.
 */
export const CORRECTION_TABLES = `
create table corrections (
  id text primary key,
  issue_id text not null references issues (id),
  story_id text not null,
  text text not null,
  made_at text not null
) strict, without rowid;
create index corrections_by_issue on corrections (issue_id, made_at);
create table outbox_emails (hash text primary key, email text not null) strict, without rowid;
alter table outbox add column email_hash text references outbox_emails (hash);
alter table outbox add column subscription_id text references subscriptions (id);
`;
