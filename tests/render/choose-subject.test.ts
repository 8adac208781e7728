import { expect, test } from 'vitest';
import { choosePreheader, chooseSubject } from '../../src/render/choose-subject.ts';

const NAME = 'Harbour Morning';

test('a headline without spaces is cut between characters, never inside an emoji', () => {
  const family = '👩‍👩‍👧‍👦';
  expect(chooseSubject([family.repeat(100)], NAME)).toBe(`${family.repeat(47)}…`);
});

test('a long headline ends after a word and says that it goes on', () => {
  expect(
    chooseSubject(['Parliament rejects the plan to move the capital to the northern coast'], NAME),
  ).toBe('Parliament rejects the plan to move the capital…');
});

test('a clause that is cut off keeps its mark, because the rest may turn its meaning', () => {
  expect(
    chooseSubject(['Mayor sold the harbour at a loss, says a letter that is forged'], NAME),
  ).toBe('Mayor sold the harbour at a loss…');
});

test('a whole sentence needs no mark', () => {
  expect(
    chooseSubject(['Ferries sail again from noon today; trains follow on Tuesday morning'], NAME),
  ).toBe('Ferries sail again from noon today');
});

test('a short lead is followed by the second headline', () => {
  expect(chooseSubject(['Truce holds in Sarn', 'Bank keeps its rate'], NAME)).toBe(
    'Truce holds in Sarn; Bank keeps its rate',
  );
});

test('a lead of fitting length stands alone', () => {
  expect(chooseSubject(['Sarn valley truce holds for a night', 'Bank keeps its rate'], NAME)).toBe(
    'Sarn valley truce holds for a night',
  );
});

test('a day without stories has the name as its subject', () => {
  expect(chooseSubject([], NAME)).toBe(NAME);
});

test('Japanese is cut between words, not inside one', () => {
  const subject = chooseSubject(
    [
      '港湾都市の議会は九時間に及ぶ審議の末に高潮を防ぐ可動堰の建設を賛成多数で承認し来年三月に着工する見通しとなった',
    ],
    NAME,
  );
  expect(subject).toMatch(/^港湾都市の議会は.{20,40}…$/u);
});

test('the preheader has 70 to 100 characters and nothing the subject said', () => {
  const headlines = [
    'Truce holds in Sarn',
    'Bank keeps its rate',
    'Ferry strike on the Lindow strait ends after eleven days',
    'Seabed survey finds a cold-water reef off Cape Tolland',
    'Old fish market will become a public library',
  ];
  const subject = chooseSubject(headlines, NAME);
  const preheader = choosePreheader(headlines.slice(1), subject);
  expect(preheader.length).toBeGreaterThanOrEqual(70);
  expect(preheader.length).toBeLessThanOrEqual(100);
  expect(preheader).not.toContain('Bank keeps');
  expect(preheader).toMatch(/^Ferry strike .*; Seabed survey/);
});

test('a preheader with nothing to add stays empty', () => {
  expect(choosePreheader(['Truce holds', ''], 'Truce holds')).toBe('');
});
