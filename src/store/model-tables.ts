/** Migration 8: what a language model answered, so that no draft asks twice. */
export const MODEL_TABLES = `
create table model_answers (
  hash text primary key,
  model text not null,
  answer text not null,
  asked_at text not null
) strict, without rowid;
create index model_answers_by_time on model_answers (asked_at);
`;
