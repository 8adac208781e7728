import { beforeAll, describe, expect, test } from 'vitest';
import { readMessage, type Email } from '../../src/domain/email.ts';
import { addressEmail, type Envelope } from '../../src/render/address-email.ts';
import { renderIssue } from '../../src/render/render-issue.ts';
import { compileBroadsheet, readSample } from './sample-issues.ts';

let email: Email;
beforeAll(async () => {
  const document = readSample('full-morning');
  email = renderIssue(await compileBroadsheet(), { document, language: 'en', isOlder: false });
});

const NO_LINKS = { unsubscribe: null, oneClick: null, mailto: null, archive: null };
const LINKS = {
  unsubscribe: 'https://news.example.org/unsubscribe/ada?a=1&b=2',
  oneClick: 'https://news.example.org/unsubscribe/ada?a=1&b=2',
  mailto: 'mailto:morning@example.org?subject=leave',
  archive: 'https://news.example.org/issues/2025-11-24',
};
const ENVELOPE: Envelope = {
  from: { name: 'Harbour Morning', address: 'morning@example.org' },
  to: { name: 'Ada', address: 'ada@example.org' },
  messageId: '<issue-1.ada@example.org>',
  date: '2025-11-24T06:00:00.000Z',
  slots: {},
  links: LINKS,
  listId: 'harbour-morning.example.org',
};

describe('the headers', () => {
  test('cannot be broken into by any value', () => {
    const evil = 'x\r\nBcc: ben@example.org\n\n<script>\u0000';
    const message = addressEmail(
      { ...email, subject: evil },
      {
        ...ENVELOPE,
        to: { name: evil, address: 'ada@example.org' },
        from: { name: evil, address: 'morning@example.org' },
        messageId: `<${evil}@example.org>`,
        slots: { readerAddress: evil },
        links: {
          unsubscribe: `https://news.example.org/${evil}`,
          oneClick: `https://news.example.org/${evil}>, <https://evil.example/`,
          mailto: `mailto:${evil}`,
          archive: evil,
        },
        listId: evil,
        inReplyTo: `<${evil}@example.org>`,
      },
    );
    const values = JSON.stringify({ ...message, email: null, slots: null });
    expect(values).not.toMatch(/\\[rn]|\\u00/);
    expect(message.headers['List-Unsubscribe']?.match(/</g)).toHaveLength(2);
    expect(readMessage(message).html).not.toContain('<script>');
  });

  test.each(['ada@example.org\r\nBcc: ben@example.org', 'ada@example.org, ben@example.org', 'ada'])(
    'an address that is not one address is refused: %j',
    (address) => {
      const envelope = { ...ENVELOPE, to: { name: 'Ada', address } };
      expect(() => addressEmail(email, envelope)).toThrow(
        expect.objectContaining({ code: 'invalid' }) as Error,
      );
    },
  );

  test('name the list and both ways out of it, in one header', () => {
    expect(addressEmail(email, ENVELOPE).headers).toEqual({
      'List-Id': '<harbour-morning.example.org>',
      'List-Unsubscribe':
        '<https://news.example.org/unsubscribe/ada?a=1&b=2>, <mailto:morning@example.org?subject=leave>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Archive': '<https://news.example.org/issues>',
      'Archived-At': '<https://news.example.org/issues/2025-11-24>',
      'Auto-Submitted': 'auto-generated',
      Precedence: 'bulk',
      'Feedback-ID': '2025-11-24:harbour-morning.example.org:issue:5a8a11653b43',
    });
  });

  test('name no archive where there is none', () => {
    const { headers } = addressEmail(email, { ...ENVELOPE, links: NO_LINKS });
    expect(Object.keys(headers)).toEqual([
      'List-Id',
      'Auto-Submitted',
      'Precedence',
      'Feedback-ID',
    ]);
  });

  test('count feedback for one sender whatever the day, and for another list apart', () => {
    const sender = (changes: Partial<Envelope>) =>
      addressEmail(email, { ...ENVELOPE, ...changes })
        .headers['Feedback-ID']?.split(':')
        .at(3);
    expect(sender({})).toMatch(/^[a-z0-9]{5,15}$/);
    expect(sender({ date: '2025-11-25T06:00:00.000Z' })).toBe(sender({}));
    expect(sender({ listId: 'evening.example.org' })).not.toBe(sender({}));
  });

  test('name a list of other letters in its ASCII form', () => {
    const { headers } = addressEmail(email, { ...ENVELOPE, listId: 'morgen.bücher.example' });
    expect(headers['List-Id']).toBe('<morgen.xn--bcher-kva.example>');
  });

  test('tie a correction to what it corrects', () => {
    const inReplyTo = '<issue-1.ada@example.org>';
    const correction = { ...ENVELOPE, messageId: '<correction-1.ada@example.org>', inReplyTo };
    const { headers } = addressEmail(email, correction);
    expect(headers).toMatchObject({ 'In-Reply-To': inReplyTo, References: inReplyTo });
  });

  test('promise no one-click way out where there is only a mail address', () => {
    const links = { ...NO_LINKS, mailto: LINKS.mailto };
    const { headers } = addressEmail(email, { ...ENVELOPE, links });
    expect(headers['List-Unsubscribe']).toBe('<mailto:morning@example.org?subject=leave>');
    expect(headers).not.toHaveProperty('List-Unsubscribe-Post');
  });
});

describe('the slots', () => {
  test('are filled in escaped in the HTML and plain in the text', () => {
    const { html, text } = readMessage(addressEmail(email, ENVELOPE));
    expect(html).toContain('href="https://news.example.org/unsubscribe/ada?a=1&amp;b=2"');
    expect(text).toContain('Unsubscribe: https://news.example.org/unsubscribe/ada?a=1&b=2');
    expect(text).toContain('Harbour Morning comes to ada@example.org');
    expect(html).toContain('Read on the web');
  });

  test('leave no mark behind, whether filled or not', () => {
    for (const links of [LINKS, NO_LINKS]) {
      const message = readMessage(addressEmail(email, { ...ENVELOPE, links }));
      expect(message.subject + message.html + message.text).not.toMatch(/[\u0000-\u0008]/);
    }
  });

  test('without a public address unsubscribe by mail and link to no page of ours', () => {
    const links = { ...NO_LINKS, mailto: LINKS.mailto };
    const { html, text } = readMessage(addressEmail(email, { ...ENVELOPE, links }));
    expect(html).toContain('href="mailto:morning@example.org?subject=leave"');
    expect(html).not.toContain('news.example.org');
    for (const part of [html, text]) {
      expect(part).not.toContain('Read on the web');
      expect(part).not.toContain('Change what you get');
    }
  });

  test('give each reader their own value and change nothing else', () => {
    const ben = { name: 'Ben', address: 'ben@example.org' };
    const ada = readMessage(addressEmail(email, ENVELOPE));
    const other = readMessage(addressEmail(email, { ...ENVELOPE, to: ben }));
    expect(other.html.replaceAll('ben@', 'ada@')).toBe(ada.html);
  });
});
