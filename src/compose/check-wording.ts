import type { Check } from '../domain/finding.ts';

/** Words that junk filters count and readers distrust in a subject; short on purpose. */
const SPAMMY: Readonly<Record<string, RegExp>> = {
  en: /\b(act now|buy now|cash bonus|click here|congratulations|earn money|free (?:gift|money|offer)|guaranteed|limited time|lose weight|no obligation|risk[- ]free|winner)\b|\$\$\$/iu,
  de: /\b(gratis|geschenkt|garantiert|gewinner|herzlichen glückwunsch|jetzt (?:kaufen|klicken|zugreifen)|kostenlos|nur heute|schnell geld)\b/iu,
  fr: /\b(achetez maintenant|argent facile|cliquez ici|félicitations|garanti|gratuit|offre limitée|sans engagement|vous avez gagné)\b/iu,
  es: /(?<!\p{L})(compre ahora|dinero fácil|felicidades|ganador|garantizado|gratis|haga clic|oferta limitada|sin compromiso)(?!\p{L})/iu,
};

/** What in a subject sends mail to junk, or shouts. `language` is the newsletter's. */
export function checkWording(subject: string, language: string): Check {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  const found = [SPAMMY[primary], SPAMMY['en']].flatMap((list) => list?.exec(subject)?.[0] ?? []);
  return [
    'wording',
    null,
    found[0]
      ? `The subject says “${found[0]}”, which junk filters count.`
      : isShouted(subject)
        ? 'The subject is in capitals, which junk filters count.'
        : /[!?]{2}|!.*!/.test(subject)
          ? 'The subject has several exclamation marks, which junk filters count.'
          : null,
    'Rewrite the headline of the lead: daybrief edit ISSUE rewrite 1 --headline TEXT',
  ];
}

/** More than half of its words of four letters and more are capitals throughout; scripts without capitals cannot shout. */
function isShouted(subject: string): boolean {
  const words = subject.match(/\p{L}{4,}/gu) ?? [];
  const shouted = words.filter(
    (word) => word === word.toUpperCase() && word !== word.toLowerCase(),
  ).length;
  return shouted >= 2 && shouted > words.length / 2;
}
