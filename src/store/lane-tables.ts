/**
 * Migration 14: mails to a domain that is mailed slowly wait in a lane of its name, so that a claim finds the others without
 * looking at them. Only rows that still wait are in these indexes.
 */
export const LANE_TABLES = `
alter table deliveries add column lane text not null default '';
create index deliveries_in_order on deliveries (issue_id, state, not_before) where state = 'queued' and lane = '';
create index deliveries_in_lanes on deliveries (issue_id, lane, not_before) where state = 'queued' and lane <> '';
`;
