import type { Article } from '../domain/article.ts';

const LABELS =
  'sponsored(?: content| post)?|paid (?:content|post|partnership)|partner(?:ed)? content|promoted|advertorial|advertisement|anzeige|publir(?:é|e)dactionnel|contenu sponsorisé|contenido patrocinado|patrocinado|publirreportaje|gesponsord|annons|reklame|sponsorizzato|publieditorial';
/** "Sponsored: …", "[Anzeige] …", "(Ad) …", "… | Advertorial": a label, never a word in a sentence. */
const LABELLED_TITLE = new RegExp(
  `^(?:${LABELS}|ad)\\s*[:|–—]|^[[(](?:${LABELS}|ad)[\\])]|[[(](?:${LABELS}|ad)[\\])]$|[|–—]\\s*(?:${LABELS})$`,
  'iu',
);
const LABEL = new RegExp(`^(?:${LABELS}|ads?)$`, 'iu');
const PATH =
  /\/(?:sponsored(?:-content|-post)?|paid-?(?:content|post)|partner-?content|brand-?(?:content|studio|voice)|advertorials?|promoted|anzeigen?|publiredactionnel|publirreportaje)(?:\/|$)/i;

/** True for an article that somebody paid for: by a label of its title or section, or by its address. */
export function isSponsored(article: Pick<Article, 'title' | 'categories' | 'url'>): boolean {
  const { title, categories, url } = article;
  const path = url !== null && URL.canParse(url) ? new URL(url).pathname : '';
  return (
    LABELLED_TITLE.test(title.trim()) ||
    categories.some((name) => LABEL.test(name.trim())) ||
    PATH.test(path)
  );
}
