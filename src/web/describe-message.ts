import type { ListedSubscriber } from '../app/look-up-subscriber.ts';
import { readMessage, type Message } from '../domain/email.ts';
import type { Mailbox } from '../domain/newsletter.ts';
import type { PageView } from '../render/render-page.ts';
import { formatChoices, PARTS, SCHEMES, WIDTHS, type PreviewChoices } from './preview-choices.ts';

/** Which page a message is shown on. */
export interface MessagePage {
  /** `/preview/NEWSLETTER/DATE` or `/preview/sample/NAME`. */
  readonly path: string;
  readonly choices: PreviewChoices;
  /** Whom the newsletter has; empty for a sample. */
  readonly readers: readonly ListedSubscriber[];
}

const MOST_READERS = 200;

const LABELS: Readonly<Record<string, string>> = {
  html: 'HTML',
  text: 'Text',
  headers: 'Headers',
  640: 'Desk, 640',
  320: 'Phone, 320',
  auto: 'As the system',
  light: 'Light',
  dark: 'Dark',
};

/** What the preview page says about a message, with its switches. */
export function describeMessage(message: Message, page: MessagePage): PageView {
  const { path, choices } = page;
  const { html, text } = readMessage(message);
  return {
    path,
    ...choices,
    subject: message.subject,
    from: formatMailbox(message.from),
    to: formatMailbox(message.to),
    size: `${formatSize(html)} HTML, ${formatSize(text)} text`,
    text,
    isHtml: choices.part === 'html',
    isText: choices.part === 'text',
    isHeaders: choices.part === 'headers',
    headers: listHeaders(message).map(([name, value]) => ({ name, value })),
    parts: listLinks(page, 'part', PARTS),
    widths: listLinks(page, 'width', WIDTHS),
    schemes: listLinks(page, 'scheme', SCHEMES),
    frameUrl: formatChoices(`${path}/html`, choices),
    fileUrl: formatChoices(`${path}/eml`, choices),
    webUrl: locateWebCopy(path),
    ...describeReaders(page),
  };
}

/** The headers of a message by name, decoded, in the order they are sent. */
export function listHeaders(message: Message): readonly (readonly [string, string])[] {
  return [
    ['From', formatMailbox(message.from)],
    ['To', formatMailbox(message.to)],
    ['Subject', message.subject],
    ['Date', message.date],
    ['Message-ID', message.messageId],
    ...Object.entries(message.headers),
  ];
}

/** A sample has no page of its own. */
function locateWebCopy(path: string): string {
  const [, , newsletter = '', date = ''] = path.split('/');
  return newsletter === 'sample' ? '' : `/n/${newsletter}/issues/${date}`;
}

function describeReaders({ readers, choices }: MessagePage): PageView {
  const listed = readers.slice(0, MOST_READERS).map(({ address, state }) => ({
    address,
    note: state === 'active' ? '' : state,
    isChosen: address === choices.as,
  }));
  const isOther = choices.as !== '' && !listed.some(({ isChosen }) => isChosen);
  const other = { address: choices.as, note: '', isChosen: true };
  return {
    hasReaders: readers.length > 0,
    hasMoreReaders: readers.length > MOST_READERS,
    readers: isOther ? [other, ...listed] : listed,
  };
}

function listLinks<Key extends keyof PreviewChoices>(
  { path, choices }: MessagePage,
  key: Key,
  values: readonly PreviewChoices[Key][],
): readonly PageView[] {
  return values.map((value) => ({
    label: LABELS[value] ?? value,
    url: formatChoices(path, { ...choices, [key]: value }),
    isCurrent: choices[key] === value,
  }));
}

function formatMailbox({ name, address }: Mailbox): string {
  return name ? `${name} <${address}>` : address;
}

function formatSize(text: string): string {
  return `${(Buffer.byteLength(text) / 1024).toFixed(1)} KB`;
}
