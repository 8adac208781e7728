/** Migration 10: mails that came back. The id is a hash of the news, so that the same twice is one row. */
export const BOUNCE_TABLES = `
create table bounces (
  id text primary key,
  delivery_id text references deliveries (id),
  address text not null,
  kind text not null check (kind in ('bounce', 'complaint', 'auto-reply', 'delay', 'other')),
  class text not null check (class in ('hard', 'soft', 'unknown')),
  cause text not null,
  status text,
  diagnostic text,
  reported_by text,
  source text not null,
  at text not null
) strict, without rowid;
create index bounces_by_delivery on bounces (delivery_id);
create index bounces_by_address on bounces (address, at);
create index deliveries_by_message_id on deliveries (message_id);
`;
