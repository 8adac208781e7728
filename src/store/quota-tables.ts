/** Migration 12: how many messages went over each transport, by slots of ten minutes. */
export const QUOTA_TABLES = `
create table transport_use (
  transport text not null,
  slot text not null,
  count integer not null,
  primary key (transport, slot)
) strict, without rowid;
`;
