import { expect, test } from 'vitest';
import { checkWording } from '../../src/compose/check-wording.ts';

const complain = (subject: string, language: string) => checkWording(subject, language)[2] ?? '';

test.each([
  ['Bridge opens, and a limited time toll', 'en', 'limited time'],
  ['Die Brücke ist offen, Fahrten kostenlos', 'de', 'kostenlos'],
  ['Le pont ouvre, passage gratuit', 'fr', 'gratuit'],
  ['El puente abre y es gratis', 'es-MX', 'gratis'],
  ['Congratulations to the harbour', 'de', 'Congratulations'],
  ['BRIDGE OPENS TODAY in the city', 'en', 'capitals'],
  ['The bridge opens!! At last', 'en', 'exclamation'],
])('“%s” (%s) is found', (subject, language, why) => {
  expect(complain(subject, language)).toContain(why);
});

test.each([
  ['NATO and UNESCO meet over the harbour bridge', 'en'],
  ['Parliament guarantees pensions', 'en'],
  ['Le gratuite', 'fr'],
  ['جسر الميناء يفتح اليوم', 'ar'],
  ['Kostenloses Parken endet', 'de'],
])('“%s” (%s) is left alone', (subject, language) => {
  expect(complain(subject, language)).toBe('');
});
