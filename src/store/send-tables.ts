/**
 * Migration 11: what is known of an issue's sending beside its ledger. `results` holds the last outcomes since it began
 * or was resumed, one letter each; a delivery's `wave` says when its turn is: 0 the editors, 1 the first ten, 2 the rest.
 */
export const SEND_TABLES = `
create table sends (
  issue_id text primary key references issues (id),
  held text,
  hold_until text,
  results text not null default '',
  counted integer not null default 0
) strict, without rowid;
alter table deliveries add column wave integer not null default 2;
alter table deliveries add column expires_at text;
create index deliveries_canary on deliveries (issue_id, wave, state) where wave < 2;
alter table outbox add column crashes integer not null default 0;
alter table outbox add column created_at text not null default '';
create index outbox_waiting on outbox (state, not_before);
`;
