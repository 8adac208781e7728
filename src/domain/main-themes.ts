/** The subjects every story is weighed against, also those a newsletter leaves out: sport is no business news for want of a better section. */
export const MAIN_THEMES: readonly string[] = [
  'world',
  'politics',
  'business',
  'technology',
  'science',
  'health',
  'sport',
  'culture',
];

/** Themes a newsletter may name to sort its world news by place. */
export const REGION_THEMES: readonly string[] = [
  'europe',
  'asia',
  'africa',
  'middle-east',
  'americas',
];
