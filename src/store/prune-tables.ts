/** Migration 13: without these, removing an article reads both tables whole. */
export const PRUNE_TABLES = `
create index stories_by_lead on stories (lead);
create index story_articles_by_article on story_articles (article_key);
`;
