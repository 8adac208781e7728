import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { formatMessage } from '../../src/deliver/format-message.ts';
import { readMessage } from '../../src/domain/email.ts';
import { renderSlot as slot, renderSlotPassage as slotPassage } from '../../src/domain/slots.ts';
import { sampleMessage } from './sample-message.ts';

/** Texts that try to end a line, a header or an address. */
const nastyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\0',
        '\u2028',
        ', ',
        '<',
        '>',
        '"',
        '\\',
        '@',
        ':',
        '=?utf-8?q?=0D=0A?=',
      ),
      fc.constantFrom(
        'Bcc: ben@example.org',
        'cleo@example.org',
        'Subject: no',
        '\r\n\r\n<b>',
        'é',
        '\ud800',
      ),
      fc.string(),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(''));

async function format(changes: Parameters<typeof sampleMessage>[0] = {}): Promise<string> {
  return Buffer.from(await formatMessage(sampleMessage(changes))).toString('latin1');
}

async function parse(changes: Parameters<typeof sampleMessage>[0] = {}) {
  return simpleParser(Buffer.from(await formatMessage(sampleMessage(changes))));
}

/** Header fields by lower-case name, unfolded, as a mail server reads them. */
function readHeaders(bytes: string): [string, string][] {
  const head = bytes.slice(0, bytes.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
  return head.split('\r\n').map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
}

test('Dots at the start of lines, lines beyond 998 characters and wide letters arrive as they were written', async () => {
  const text = `.\n..two dots\nFrom here\n${'long '.repeat(400)}\n${'x'.repeat(3_000)}\n.\n– Zoë, 北京, 🌍\nend = 1`;
  const html = `<p>${text.replaceAll('\n', '<br>\n')}</p>`;
  const bytes = await format({ text, html });
  for (const line of bytes.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  const parsed = await parse({ text, html });
  expect(parsed.text?.trimEnd()).toBe(text);
  expect(parsed.html).toContain(html);
});

test('The same message gives the same bytes, another content another boundary', async () => {
  expect(await format()).toBe(await format());
  const boundary = (bytes: string) => /boundary="([^"]+)"/.exec(bytes)?.[1];
  expect(boundary(await format())).toBeDefined();
  expect(boundary(await format())).not.toBe(boundary(await format({ text: 'Another.\n' })));
});

test('A body that holds its own boundary is still one body', async () => {
  const boundary = /boundary="([^"]+)"/.exec(await format())?.[1] ?? '';
  const text = `--${boundary}\r\n--${boundary}--\r\n=_=_\n`;
  expect((await parse({ text })).text).toBe(text.replaceAll('\r', ''));
});

test('The headers are these and no more, each once', async () => {
  expect(readHeaders(await format()).slice(0, -1)).toEqual([
    ['from', 'Morning Brief <morning@example.org>'],
    ['to', 'Ada <ada@example.org>'],
    ['subject', 'Harbour reopens after the storm'],
    ['date', 'Sun, 29 Mar 2026 05:00:00 +0000'],
    ['message-id', '<0123456789abcdef@brief.example.org>'],
    ['list-unsubscribe', '<https://brief.example.org/unsubscribe/s1.AbC>'],
    ['list-unsubscribe-post', 'List-Unsubscribe=One-Click'],
    ['mime-version', '1.0'],
  ]);
});

test('A long unsubscribe link stays whole, and the first beside the name of its header', async () => {
  const links = [
    `<https://brief.example.org/unsubscribe/${'t'.repeat(200)}>,`,
    `<mailto:leave@example.org?subject=${'u'.repeat(60)}>`,
  ];
  expect(await format({ headers: { 'List-Unsubscribe': links.join(' ') } })).toContain(
    `List-Unsubscribe: ${links.join('\r\n ')}\r\n`,
  );
});

test('Text comes before HTML, both as quoted-printable UTF-8', async () => {
  const bytes = await format();
  const parts = [...bytes.matchAll(/Content-Type: (text\/\w+); charset=utf-8\r\n/g)].map(
    (m) => m[1],
  );
  expect(parts).toEqual(['text/plain', 'text/html']);
  expect(bytes.match(/Content-Transfer-Encoding: quoted-printable/g)).toHaveLength(2);
  expect(bytes).toContain('Content-Type: multipart/alternative;');
  expect(bytes).not.toMatch(/[^\r]\n/);
});

test('Names and subjects of other letters are read back unchanged', async () => {
  const subject = 'Überraschung in 北京: „Hafen“ wieder offen — und 🌍 dazu';
  const from = { name: 'Ежедневный обзор, "Утро"', address: 'morning@example.org' };
  const to = { name: "Zoë O'Neil (home)", address: 'zoë@bücher.example' };
  const parsed = await parse({ subject, from, to });
  expect(parsed.subject).toBe(subject);
  expect(parsed.from?.value).toEqual([from]);
  expect(parsed.to).toMatchObject({ value: [to] });
});

test('A domain of other letters is written in its ASCII form', async () => {
  const bytes = await format({ to: { name: 'Ben', address: 'ben@bücher.example' } });
  expect(bytes).toContain('To: Ben <ben@xn--bcher-kva.example>\r\n');
});

test('A line end in a name or subject is a space, to mail programs too', async () => {
  const line = 'Ada\r\nBcc: ben@example.org\u2028\0–';
  const parsed = await parse({ subject: line, from: { name: line, address: 'ada@example.org' } });
  expect(parsed.subject).toBe('Ada Bcc: ben@example.org –');
  expect(parsed.from?.value[0]?.name).toBe('Ada Bcc: ben@example.org –');
});

test('Every value of a slot arrives as it is, and the bytes around it stay the same', async () => {
  const email = {
    subject: '',
    text: `Dear reader,\n${slot('name')}\n.${slot('link')} \nFrom ${slot('name')}${slot('link')}`,
    html: `<p title="${slot('name')}">${'é'.repeat(90)}${slot('link')}${slotPassage('name', ` to ${slot('name')}.`)}</p>\n`,
  };
  const fixed = (bytes: string) => bytes.split('\r\n').filter((line) => line.includes('=C3=A9'));
  const usual = fixed(await format({ email, slots: { name: 'Ada', link: 'x' } }));
  await fc.assert(
    fc.asyncProperty(nastyText, nastyText, async (name, link) => {
      const message = sampleMessage({ email, slots: { name, link } });
      const bytes = Buffer.from(await formatMessage(message));
      for (const line of bytes.toString('latin1').split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(76);
        expect(line).toMatch(/^(?!\.|From )[\x20-\x7e]*(?<![ \t])$/);
      }
      const parsed = await simpleParser(bytes, { skipTextToHtml: true });
      const { html, text } = readMessage(message);
      expect(parsed.text).toBe(text.toWellFormed().replace(/\r\n?/g, '\n'));
      expect(parsed.html).toBe(html.toWellFormed().replace(/\r\n?/g, '\n'));
      if (name && link && !/é/.test(name + link))
        expect(fixed(bytes.toString('latin1'))).toEqual(usual);
    }),
    { numRuns: 300 },
  );
});

test('Nothing in a name, subject or header value can add a header, a recipient or a line to the head', async () => {
  const usual = readHeaders(await format()).map(([name]) => name);
  await fc.assert(
    fc.asyncProperty(nastyText, nastyText, nastyText, async (name, subject, value) => {
      const changes = {
        from: { name, address: 'morning@example.org' },
        to: { name, address: 'ada@example.org' },
        subject: `x${subject}`,
        headers: { 'List-Unsubscribe': `x${value}`, 'List-Unsubscribe-Post': 'x' },
      };
      const bytes = await format(changes);
      expect(readHeaders(bytes).map(([key]) => key)).toEqual(usual);
      expect(bytes.slice(0, bytes.indexOf('\r\n\r\n'))).toMatch(/^(?:[\x20-\x7e\t]|\r\n)+$/);
      const parsed = await parse(changes);
      expect(parsed.to).toMatchObject({ value: [{ address: 'ada@example.org' }] });
      expect(parsed.from).toMatchObject({ value: [{ address: 'morning@example.org' }] });
    }),
    { numRuns: 200 },
  );
});
