import { createInterface } from 'node:readline/promises';

/** What a new newsletter is asked for, by key. */
export type Answers = Readonly<Record<string, string>>;

const QUESTIONS: readonly { key: string; question: string; fallback: () => string }[] = [
  { key: 'name', question: 'Name of the newsletter', fallback: () => 'The Morning Brief' },
  { key: 'address', question: 'Your e-mail address', fallback: () => 'you@example.org' },
  { key: 'language', question: 'Language', fallback: () => 'en' },
  {
    key: 'zone',
    question: 'Time zone',
    fallback: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  },
  { key: 'time', question: 'Send time', fallback: () => '07:00' },
];

/** Asks for what the flags leave open, where a person can answer; everywhere else the defaults stand. */
export async function askAnswers(given: Answers, flags: { input: boolean }): Promise<Answers> {
  const isAsking = flags.input && process.stdin.isTTY && process.stderr.isTTY;
  const answers: Record<string, string> = { ...given };
  const reader = isAsking
    ? createInterface({ input: process.stdin, output: process.stderr })
    : null;
  for (const { key, question, fallback } of QUESTIONS) {
    if (answers[key] !== undefined) continue;
    const answer = await reader?.question(`${question} [${fallback()}]: `);
    answers[key] = answer?.trim() || fallback();
  }
  reader?.close();
  return answers;
}
