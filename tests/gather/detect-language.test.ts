import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../src/gather/detect-language.ts';

describe('detectLanguage', () => {
  it.each([
    ['en', 'The harbour council approved a second ferry line on Monday'],
    ['de', 'Der Stadtrat stimmt am Montag über eine zweite Fährlinie ab'],
    ['fr', 'Le conseil municipal approuve une deuxième ligne de ferry'],
    ['es', 'El ayuntamiento aprueba una segunda línea de transbordador'],
    ['tr', 'Belediye meclisi ikinci vapur hattını pazartesi günü onayladı'],
    ['az', 'Bələdiyyə şurası bazar ertəsi ikinci bərə xəttini təsdiqlədi'],
    ['ru', 'Городской совет утвердил вторую паромную линию, которая откроется весной'],
    ['ar', 'وافق مجلس المدينة يوم الاثنين على خط عبارات ثان'],
    ['ja', '市議会は二本目のフェリー航路を承認した'],
    ['ko', '시의회는 두 번째 여객선 노선을 승인했다'],
  ])('knows %s by one headline', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it.each([
    ['an empty text', ''],
    ['a text under twenty letters', 'Ferry line opens'],
    ['figures', '1,204 / 3.5% / 2026-03-12 / +49 30 1234567 / 17:40'],
    ['a lone address', 'https://example.org/harbour/second-ferry-line'],
    ['one letter held down', 'a'.repeat(200)],
    ['signs of no language', '☃'.repeat(60)],
  ])('says null to %s', (_, text) => {
    expect(detectLanguage(text)).toBeNull();
  });

  it('is not misled by an address in front of the text', () => {
    const text =
      'https://example.org/the-second-ferry-line-of-the-harbour Der Stadtrat stimmt am Montag ab';
    expect(detectLanguage(text)).toBe('de');
  });

  it('answers any text with null or two or three small letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(detectLanguage(text) ?? 'en').toMatch(/^[a-z]{2,3}$/);
      }),
    );
  });
});
