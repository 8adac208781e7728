import type { NoticeKind } from '../domain/bounce.ts';
import { readHeader, type Headers } from './read-mime.ts';

/** What kind of letter this is by its headers and words, before anybody in it is named; `note` says why. */
export interface JudgedLetter {
  readonly kind: NoticeKind;
  readonly note: string;
}

const DAEMON =
  /mailer-?daemon|mail ?delivery|postmaster|mail-?daemon|maildelivery|microsoftexchange|delivery (?:subsystem|system)|mail administrator|system administrator|systemadministrator|exchange@|groupwise|majordomo-owner|smtp gateway|mdaemon|internet mail|mail system|mailsystem|non-?delivery/i;
const FAILURE_SUBJECT =
  /undeliver|non-?deliver|returned mail|mail delivery (?:failed|failure|error|system|problem)|deliver\w* (?:status notification|failure|failed|error|problem|report|has failed|unsuccessful)|failure notice|failure delivery|failed (?:mail|delivery|message)|mail (?:system error|failure|could not)|message (?:not delivered|status - undeliver|undeliver|you sent|could not|delivery)|could ?n[o']t be delivered|not deliver|returned to sender|unable to deliver|user unknown|bounced|rejected|unzustellbar|nicht zugestellt|zustellung|échec|non remis|non distribu|no entregado|no se pudo entregar|error de entrega|mancata consegna|consegna non riuscita|não entregue|falha|onbestelbaar|niet bezorgd|不達|配信(?:エラー|不能|できません)|配送|送信(?:エラー|できません)|エラーメール|退信/i;
const DELAY_SUBJECT =
  /\bdelay|\bwarning\b.{0,40}(?:not sent|could not|message|deliver|still)|still (?:being|trying)|verzöger|retard|retras|ritard|遅延|deferred/i;
const FAILURE_WORDS =
  /could ?n[o']t be (?:delivered|reached|sent)|did not reach|was ?n[o']t (?:able to deliver|delivered|possible to deliver|sent)|(?:un|not )able to (?:be )?deliver|(?:un|not )able to send|undeliverable|undelivered|delivery (?:has |to the following \w+ )?(?:failed|failure|attempt|of)|permanent(?:ly)? (?:fatal )?(?:error|fail)|returned (?:mail|to sender|to you)|wasn't able to deliver|address(?:es)? (?:failed|not found|had permanent)|user unknown|failed (?:to deliver|recipient|permanently)|has been (?:rejected|returned|blocked)|message (?:was |is )?(?:rejected|refused|not delivered|blocked)|qmail-send|error while delivering|konnte nicht|nicht zugestellt|unzustellbar|fehler bei der zustellung|n'a pas (?:pu|été)|échec|impossible (?:de|d')|no (?:se )?(?:ha )?pud[oi]|no (?:se )?(?:ha )?podido|non (?:è stato|è possibile|riuscita)|não (?:pôde|foi)|kon niet|配信(?:でき|に失敗|不能)|送信できません|届け(?:でき|られ)|エラー|无法|退信/i;
const DELAY_WORDS =
  /warning message only|do(?:es)? not (?:need|have) to re-?send|will (?:be retried|continue|keep trying|retry|try again)|delivery attempts will continue|no action is required|has not yet been delivered|not yet been delivered|still (?:being|trying)|delayed mail|delivery (?:is|has been) delayed|wird weiter versucht|noch nicht zugestellt|n'a pas encore|todavía no|queued for \d+ (?:hours|minutes)/i;
const GIVEN_UP =
  /giving up|gave up|permanent|no further|will not be (?:retried|delivered)|has failed|failed permanently|could not be delivered for more than|given up/i;
const AWAY_SUBJECT =
  /^\W*(?:automatic(?:ally)? (?:reply|response|generated)|auto(?:mated|matic)?[- ]?(?:reply|response|resp)|auto:|autoreply|out of (?:the )?office|ooo\b|vacation|on (?:holiday|leave)|away from|i am away|abwesen|automatische antwort|abwesenheit|réponse automatique|absence|absent|respuesta autom[aá]tica|fuera de (?:la )?oficina|ausen|risposta automatica|fuori ufficio|assenza|resposta autom[aá]tica|fora do escrit|automatisch antwoord|afwezig|autosvar|frånvar|fravær|poissa|automaattinen|自動応答|自動返信|不在|休暇|自动回复|自動回覆|автоответ|nieobecn|odpowiedź automatyczna|automatická odpověď)|(?:\bout of office\b|abwesenheitsnotiz|\bvacation (?:reply|message|response)\b)/i;
const CHALLENGE =
  /spamarrest|boxbe|sender (?:address )?verification|confirm (?:your|this) (?:message|e-?mail|address|delivery)|please (?:confirm|verify) (?:your|that you)|tmda|challenge[- ]response|one[- ]time (?:verification|confirmation)|mailblocks|bluebottle|verify you are (?:a )?human/i;

/** Judges by subject, sender, RFC 3834 headers and the words of the letter. A daemon's letter is never an auto-reply. */
export function judgeLetter(headers: Headers, words: string): JudgedLetter {
  const subject = readHeader(headers, 'subject');
  const text = words.slice(0, 20_000);
  const isDaemon = isFromDaemon(headers);
  const isFailing = FAILURE_SUBJECT.test(subject) || headers.has('x-failed-recipients');
  if (!isFailing && !DELAY_SUBJECT.test(subject)) {
    const reply = findAutoReply(headers, { subject, text, isDaemon });
    if (reply !== null) return { kind: 'auto-reply', note: reply };
  }
  const isSpeaking = FAILURE_WORDS.test(text);
  const isLate = DELAY_SUBJECT.test(subject) || DELAY_WORDS.test(text);
  if (isLate && (isDaemon || isFailing || isSpeaking) && !isGivenUp(subject, text))
    return { kind: 'delay', note: 'a warning: the server is still trying' };
  if (isFailing || (isDaemon && (isSpeaking || text.trim() !== '')) || hasServerReply(text))
    return { kind: 'bounce', note: '' };
  return { kind: 'other', note: 'it reports no failure' };
}

function isFromDaemon(headers: Headers): boolean {
  const from = `${readHeader(headers, 'from')} ${readHeader(headers, 'sender')}`;
  return DAEMON.test(from) || /^<>$/.test(readHeader(headers, 'return-path').trim());
}

function isGivenUp(subject: string, text: string): boolean {
  if (DELAY_SUBJECT.test(subject)) return false;
  return GIVEN_UP.test(text) && !/warning message only/i.test(text);
}

/** A letter of nobody in particular counts only when it quotes a final reply of a server and says that mail failed. */
function hasServerReply(text: string): boolean {
  return /(?:^|[\s:>'"#(])5(?:\d\d[ -]|\.\d\.\d{1,3})/.test(text) && FAILURE_WORDS.test(text);
}

function findAutoReply(
  headers: Headers,
  letter: { subject: string; text: string; isDaemon: boolean },
): string | null {
  const { subject, text, isDaemon } = letter;
  if (AWAY_SUBJECT.test(subject)) return 'an out-of-office or automatic answer';
  if (CHALLENGE.test(`${subject}\n${text.slice(0, 2_000)}`) && !isDaemon)
    return 'a challenge: it asks the sender to confirm';
  if (isDaemon && FAILURE_WORDS.test(text)) return null;
  const auto = readHeader(headers, 'auto-submitted').toLowerCase();
  if (/^auto-(?:replied|notified)/.test(auto)) return 'an automatic answer (Auto-Submitted)';
  const marks = [
    'x-autoreply',
    'x-autorespond',
    'x-autoresponder',
    'x-autogenerated',
    'x-vacation',
  ];
  if (marks.some((name) => headers.has(name))) return 'an automatic answer';
  if (/auto[-_]?reply/i.test(readHeader(headers, 'precedence'))) return 'an automatic answer';
  return null;
}

/** Why a mail is one of ours that came round, or a list's, or null. */
export function findLoop(headers: Headers): string | null {
  if (headers.has('list-id') || headers.has('list-unsubscribe'))
    return 'a mail of a list, perhaps our own that came round';
  const stops = headers.get('delivered-to') ?? [];
  return new Set(stops).size < stops.length ? 'a mail that runs in a circle' : null;
}
