import { describe, expect, it } from 'vitest';
import { trimBoilerplate } from '../../src/gather/trim-boilerplate.ts';

const FURNITURE: Readonly<Record<string, readonly string[]>> = {
  English: [
    'Download our app',
    'You can download the Harbour Post application for free from both stores.',
    'Available on the App Store and Google Play',
    'Leave the first comment',
    'Be the first to comment!',
    'What is your opinion on this topic?',
    'Start your morning well informed with the Harbour Brief: here are the top stories of the 9th of March.',
    'Read more',
    'Read more: Ferry line opens in spring »',
    'Related stories',
    'Subscribe to our newsletter',
    'Sign up for our daily newsletter to get the news first.',
    'Share on Facebook',
    'Share this article via WhatsApp',
    'Follow us on Instagram',
    'Follow Harbour Post on Google News',
    'We use cookies to improve your experience on this website.',
    'Accept all cookies',
    'Advertisement',
    'Story continues below advertisement',
    '© 2026 Harbour Post',
    '© 2026 Harbour Post. All rights reserved.',
    'Executive Summary',
    'Below Senior Analyst Mira Holm offers a weekly status report about the bridge works.',
    'By Ada Lind and Ben Okoro',
    'Reporting by Ada Lind; editing by Ben Okoro',
    '4 min read',
    'Last updated: 9 March 2026, 18:30',
    'Photo: Cleo Marsh',
  ],
  German: [
    'Laden Sie jetzt unsere Nachrichten-App im App Store.',
    'Schreiben Sie den ersten Kommentar',
    'Newsletter abonnieren',
    'Lesen Sie auch: Neue Fähre kommt im Mai',
    'Folgen Sie uns auf Instagram!',
    'Auf Facebook teilen',
    'Anzeige',
    'Alle Rechte vorbehalten.',
    'Diese Website verwendet Cookies, um Ihnen den Besuch zu erleichtern.',
  ],
  French: [
    "Téléchargez notre application sur l'App Store.",
    'Laissez le premier commentaire',
    'Abonnez-vous à notre newsletter !',
    'À lire aussi : Un nouveau ferry en mai',
    'Suivez-nous sur Instagram',
    'Partager sur Facebook',
    'Publicité',
    'Tous droits réservés.',
    'Nous utilisons des cookies pour faciliter votre visite.',
  ],
  Spanish: [
    'Descarga nuestra aplicación en Google Play.',
    'Deja el primer comentario',
    'Suscríbete a nuestro boletín',
    'Lea también: Un nuevo ferry en mayo',
    'Síguenos en Instagram',
    'Compartir en Facebook',
    'Publicidad',
    'Todos los derechos reservados.',
    'Utilizamos cookies para facilitar su visita.',
    '¿Qué opinas de este tema?',
  ],
  Turkish: [
    "Mobil uygulamamızı App Store'dan hemen indirin.",
    'İlk yorumu siz yapın',
    'Bültenimize hemen abone olun',
    'Devamını oku',
    "Bizi Instagram'da takip edin",
    "Facebook'ta paylaş",
    'Reklam',
    'Tüm hakları saklıdır.',
    'Bu konuda ne düşünüyorsunuz?',
  ],
  Azerbaijani: [
    'Mobil tətbiqimizi Play Store və App Store-dan yükləyə bilərsiniz.',
    'İlk şərhi yaz',
    'Bülletenimizə indi abunə olun',
    'Davamını oxu',
    'Bizi Instagram-da izləyin',
    'Facebook-da paylaş',
    'Reklam',
    'Bütün hüquqlar qorunur.',
    'Bu mövzuda fikriniz nədir?',
  ],
};

describe('trimBoilerplate', () => {
  for (const [language, lines] of Object.entries(FURNITURE))
    it.each(lines)(`drops the ${language} line «%s»`, (line) => {
      expect(trimBoilerplate(line)).toBe('');
    });

  it.each([
    'The competition authority ordered the makers of the app store to open it to rivals.',
    'Download speeds on the islands doubled after the new cable went live.',
    'You can download the parking app from the App Store, the city said on Monday.',
    'Users can download the ferry application from both stores until Friday.',
    'Subscribers to the theatre newsletter were told of the fraud by letter.',
    'Share prices on the Veldmark exchange fell for a third day.',
    'Followers of the late singer gathered at the harbour.',
    'The ministry wants to ban cookies that track readers without consent.',
    'We use cookies in our tests to lure rats, the biologist said.',
    'All rights to the film were sold to a studio in Norland.',
    'Read more books and sleep longer: that is what most islanders plan for the year.',
    'Comments by the governor moved the krone.',
    'Advertising revenue at the Harbour Post fell by a fifth.',
    'By Monday night the water had reached the second step.',
    'Below the bridge divers found a second wreck.',
    'Reklam gelirleri geçen yıl yüzde on arttı.',
    'Anzeigen gegen den Bürgermeister häufen sich.',
    'Publicité et sport ne font pas toujours bon ménage, dit le maire.',
    'Start your engines was the last thing the pilot heard.',
  ])('keeps the news «%s»', (line) => {
    expect(trimBoilerplate(line)).toBe(line);
  });

  it('cuts furniture out of a paragraph and leaves the news around it as it was', () => {
    expect(
      trimBoilerplate(
        'Two ferries collided off Norrin. Follow us on Instagram! Nobody was hurt. Executive Summary',
      ),
    ).toBe('Two ferries collided off Norrin. Nobody was hurt.');
  });

  it('leaves a paragraph without furniture untouched', () => {
    const paragraph = 'Dr. Lind met Mr. Okoro.  They spoke for 3.5 hours';
    expect(trimBoilerplate(paragraph)).toBe(paragraph);
  });
});
