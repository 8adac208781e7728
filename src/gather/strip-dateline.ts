/** "LISBON, 4 May (Wire) —", "GENEVA:" and the like: a place in capitals, maybe a region or date, maybe an agency. */
const CAPITALS =
  /^(?:\p{Lu}[\p{Lu}\p{M}.'’ -]{2,40}(?:\/\p{Lu}[\p{Lu}\p{M}.'’ -]{2,40})?)(?:, [^:—–()]{2,30}?)?(?: ?\([^()]{2,40}\))? ?(?::|—|–|-{1,2})\s+(?=["“„«'‘]?[\p{Lu}\p{Lo}\d])/u;
/** "Porto (Wire) —": a place in small letters needs its agency. */
const AGENCY =
  /^\p{Lu}[\p{L}\p{M}.'’-]+(?: \p{Lu}[\p{L}\p{M}.'’-]+){0,3}(?:, [^:—–()]{2,30}?)? ?\([\p{L}\p{N} ./&-]{2,40}\) ?(?:—|–|-{1,2}|:)\s+(?=["“„«'‘]?[\p{Lu}\p{Lo}\d])/u;
/** In capitals as well, but who the sentence is about. */
const ORGANISATION =
  /^(?:ASEAN|BREXIT|COVID|FIFA|IAEA|NASA|NATO|OECD|OPEC|OSCE|UEFA|UNESCO|UNHCR|UNICEF|WADA)\b/;

/** A paragraph without the place, date and agency it was reported from. */
export function stripDateline(paragraph: string): string {
  const found = CAPITALS.exec(paragraph) ?? AGENCY.exec(paragraph);
  if (!found || ORGANISATION.test(paragraph)) return paragraph;
  return paragraph.slice(found[0].length);
}
