/** A recipient named in a server's letter, with the lines that speak of it. */
export interface NamedRecipient {
  /** The one written to first; then where it was forwarded to. */
  readonly addresses: readonly string[];
  readonly text: string;
}

const LOCAL = '[\\p{L}\\p{N}!#$%&*+/=?^_`{|}~.-]{1,100}';
const ADDRESS = `${LOCAL}@(?:\\[[\\d.]{7,15}\\]|[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]{0,200}[\\p{L}\\p{N}])?)`;
const ANY = new RegExp(ADDRESS, 'gu');
const QUOTE = '[<\'"(\\[*“„«]{0,3}';

/** How a line names a recipient; an earlier kind outweighs all later ones. */
const KINDS: readonly RegExp[] = [
  // "<ada@example.org>: …" and "ada@example.org:" (Postfix, qmail, courier), "<ada@…>... User unknown" (Sendmail)
  pattern(
    `^[\\s>*-]{0,12}${QUOTE}(ADDR)[>'")\\]*”“»]{0,3}(?:\\s{0,3}\\([^()]{0,200}\\))?\\s{0,3}(?::(?!\\w)|\\.\\.\\.|\\s-{1,2}\\s)`,
  ),
  // An address alone on its line (Exim, Gmail, Exchange), perhaps with a date or a link behind it
  pattern(
    `^[\\s>*•·-]{0,20}${QUOTE}(ADDR)[>'")\\]*”“»]{0,3}(?:\\s{0,3}<?\\(?(?:mailto|smtp):[^\\s>]{0,300}>?\\)?|\\s{1,3}(?:on|am|le|el|at|il)\\s.{0,60}|\\s*\\((?:generated|expanded|user|reason|was|unrouteable|ultimately)?[^()]{0,120}\\)?)?[\\s,.;]{0,20}$`,
  ),
  pattern(
    `^\\s{0,12}(?:x-)?(?:failed|final|original|intended|undeliverable|rejected|invalid|unknown|bad|bounced)?[ -]?(?:e-?mail )?(?:recipients?|addresse?s?|addressee|rcpt|mailbox|user|empf[aä]nger|destinataires?|destinatarios?|destinatari[oa]?|宛先|あて先|受信者)(?: address| e-?mail)?(?:\\(s\\))?(?: was| is)?\\s{0,5}[:=：]\\s{0,10}(?:rfc822;\\s*)?${QUOTE}(ADDR)`,
  ),
  pattern(`rcpt to:?\\s{0,3}<?(ADDR)`),
  pattern(
    `(?:deliver\\w*|message|mail|e-?mail|sent|send|nachricht|recipient|user|mailbox|account|address|addressee|utente|benutzer|utilisateur|usuario)\\b[^@\\n]{0,60}\\s(?:(?:to|for|an|à|a|für|para|named?|recipient|user|mailbox|account|address|with|of)[\\s:]{1,3})?(?:the )?(?:recipients? |address |user )?${QUOTE}(ADDR)`,
  ),
  pattern(`^\\s{0,12}(?:to|an|à|para|a)\\s{0,5}:\\s{0,10}(?:[^@\\n<]{0,80}<)?(ADDR)`),
  pattern(`(?:^|[\\s>])[45]\\d\\d[ -][^@\\n]{0,120}?${QUOTE}(ADDR)`),
  pattern(
    `${QUOTE}(ADDR)[>'")\\]]{0,3}\\s.{0,40}(?:fail|unknown|not |reject|undeliver|invalid|couldn|wasn|unbekannt|inconnu|へ|宛)`,
  ),
];
const FORWARDED = pattern(
  `\\((?:generated|expanded|ultimately generated|forwarded) from:?\\s{0,3}<?(ADDR)`,
);
const NOBODY =
  /^(?:mailer-daemon|postmaster|abuse|no-?reply|support|help-?desk|admin(?:istrator)?|webmaster|hostmaster|mailerdaemon|bounces?|root)@/i;
const MOST_LINES = 1_500;
const MOST_RECIPIENTS = 100;
const LINES_ABOUT_ONE = 14;

/** Finds whom a failure letter is about. `others` are addresses that are not: our own sender, whoever the letter was sent to. */
export function findRecipients(
  words: string,
  others: readonly string[],
): readonly NamedRecipient[] {
  const lines = words.split('\n', MOST_LINES).map((line) => line.slice(0, 600));
  const isOther = (address: string): boolean => others.includes(address.toLowerCase());
  for (const kind of KINDS) {
    const hits = lines.flatMap((line, at) => {
      const address = kind.exec(line)?.[1];
      return address === undefined || isOther(address) ? [] : [{ address, at }];
    });
    const named = hits.filter(({ address }) => !NOBODY.test(address));
    if (named.length > 0) return collect(named, lines);
  }
  return [];
}

/** Every address in a text, in order, once each. */
export function listAddresses(text: string): readonly string[] {
  const found = text.slice(0, 20_000).match(ANY) ?? [];
  return [...new Map(found.map((address) => [address.toLowerCase(), address])).values()];
}

function collect(
  hits: readonly { address: string; at: number }[],
  lines: readonly string[],
): readonly NamedRecipient[] {
  const named = new Map<string, { addresses: string[]; text: string }>();
  hits.slice(0, MOST_RECIPIENTS).forEach(({ address, at }, index) => {
    const next = hits.slice(index + 1).find((hit) => hit.address !== address)?.at ?? lines.length;
    const about = lines.slice(at, Math.min(next, at + LINES_ABOUT_ONE)).join('\n');
    const from = FORWARDED.exec(about)?.[1];
    const known = named.get(address.toLowerCase());
    if (known) known.text += `\n${about}`;
    else {
      const addresses = from === undefined ? [address] : [from, address];
      named.set(address.toLowerCase(), { addresses, text: about });
    }
  });
  return [...named.values()];
}

function pattern(source: string): RegExp {
  return new RegExp(source.replaceAll('ADDR', ADDRESS), 'iu');
}
