import { countCharacters, shortenText } from './shorten-text.ts';

const SUBJECT = { least: 28, most: 48 };
const PREHEADER = { least: 70, most: 100 };
/** A second headline shortened to less than this says nothing. */
const SECOND_LEAST = 12;

/** The subject for these headlines (in printed order): the lead's, 28 to 48 characters where the words allow it; `name` when there are none. */
export function chooseSubject(headlines: readonly string[], name: string): string {
  const [lead, second] = headlines;
  if (!lead) return name;
  const subject = shortenText(lead, SUBJECT.least, SUBJECT.most);
  const room = SUBJECT.most - countCharacters(subject) - 2;
  if (countCharacters(subject) >= SUBJECT.least || !second || room < SECOND_LEAST) return subject;
  return `${subject}${jointAfter(subject)}${shortenText(second, SECOND_LEAST, room)}`;
}

/** What the inbox shows beside the subject: 70 to 100 characters made of `candidates` (best first) that the subject does not hold yet. */
export function choosePreheader(candidates: readonly string[], subject: string): string {
  let preheader = '';
  for (const candidate of candidates) {
    if (!candidate || isRepeated(candidate, [subject, preheader])) continue;
    const joint = preheader && jointAfter(preheader);
    const room = PREHEADER.most - countCharacters(preheader + joint);
    const isWhole = countCharacters(candidate) <= room;
    if (!isWhole && countCharacters(preheader) >= PREHEADER.least) break;
    preheader += joint + shortenText(candidate, Math.min(SECOND_LEAST, room), room);
    if (!isWhole) break;
  }
  return preheader;
}

/** True when one of the parts of `said` begins the candidate: the subject may hold it shortened. */
function isRepeated(candidate: string, said: readonly string[]): boolean {
  const parts = said.flatMap((text) => text.split(/[;؛] /)).map((part) => part.replace(/…$/, ''));
  return parts.some((part) => part !== '' && candidate.startsWith(part));
}

function jointAfter(text: string): string {
  return /\p{Script=Arabic}$/u.test(text) ? '؛ ' : '; ';
}
