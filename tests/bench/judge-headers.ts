import { simpleParser } from 'mailparser';
import type { JudgedMessage } from './judge-messages.ts';
import { countVerdict } from './judge-signatures.ts';
import type { Verdict } from './verdict.ts';

const ONCE = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'auto-submitted',
  'mime-version',
  'content-type',
];
const ONCE_IN_LISTS = [
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'precedence',
  'feedback-id',
];
const DAY_MS = 86_400_000;

/** What no judge asks: each header once, folded so that simple readers read it, ASCII, in lines every server takes. */
export async function judgeHeaders(messages: readonly JudgedMessage[]): Promise<Verdict> {
  const faults: string[] = [];
  for (const { name, ...message } of messages)
    for (const fault of await listFaults(message)) faults.push(`${name}: ${fault}`);
  return countVerdict('own header checks', messages, { wanted: 'RFC 5322, 2369, 8058', faults });
}

async function listFaults({
  bytes,
  isList,
}: Pick<JudgedMessage, 'bytes' | 'isList'>): Promise<readonly string[]> {
  const text = bytes.toString('latin1');
  const head = text.slice(0, text.indexOf('\r\n\r\n'));
  const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const valueOf = (name: string) =>
    fields.find((field) => field.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1) ??
    '';
  const counts = [...ONCE, ...(isList ? ONCE_IN_LISTS : [])].map(
    (name) =>
      [name, fields.filter((field) => field.toLowerCase().startsWith(`${name}:`)).length] as const,
  );
  const parsed = await simpleParser(bytes);
  const claims: readonly (readonly [string, boolean])[] = [
    ...counts.map(([name, count]) => [`${name} is there ${count} times`, count === 1] as const),
    ['a line end is not CRLF', !/[^\r]\n|\r[^\n]/.test(text)],
    ['a byte is not ASCII', !/[^\t\r\n\x20-\x7e]/.test(text)],
    [
      'a line of the body is longer than 76',
      text
        .slice(head.length)
        .split('\r\n')
        .every((line) => line.length <= 78),
    ],
    [
      'a header that could be folded is longer than 78',
      head
        .split('\r\n')
        .every((line) => line.length <= 78 || !line.trim().includes(' ', line.indexOf(':') + 2)),
    ],
    ['a header begins on its second line', !/^[\w-]+:\s*\r\n/m.test(head)],
    ['the Message-ID is none', /^ <[^\s@<>]+@[a-z0-9.-]+>$/.test(valueOf('message-id'))],
    ['the date is not today’s', Math.abs(Date.now() - Number(parsed.date)) < DAY_MS],
    ['there is no text or no HTML', Boolean(parsed.text && parsed.html)],
    ['an address was added', [parsed.to].flat().length === 1 && !parsed.cc && !parsed.bcc],
  ];
  const listClaims: typeof claims = [
    [
      'the way out is not https and mail',
      /^ <https:\/\/[^>]+>, <mailto:[^>]+>$/.test(valueOf('list-unsubscribe')),
    ],
    [
      'the token has letters that links lose',
      /\/unsubscribe\/[\w.~-]+>/.test(valueOf('list-unsubscribe')),
    ],
    [
      'the Feedback-ID has no sender',
      /^ [^:\s]+:[^:\s]+:[^:\s]+:\w{5,15}$/.test(valueOf('feedback-id')),
    ],
  ];
  return [...claims, ...(isList ? listClaims : [])]
    .filter(([, holds]) => !holds)
    .map(([fault]) => fault);
}
