/** Migration 15: readers are queued in the order they came, the oldest first. */
export const ORDER_TABLES = `
create index subscriptions_by_age on subscriptions (newsletter, state, created_at, id);
`;
