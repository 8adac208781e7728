import type { Candidate } from '../domain/article.ts';

/** Advice and offers are alike in their words and about no event. */
const ADVICE_TRUST = 0.8;
/** Without a date two articles may be days apart. */
const UNDATED_TRUST = 0.94;

const ADVICE = [
  /^\W*(?:here['’]?s |this is )?(?:how|where|when|what) (?:to|you can|i)\b/i,
  /^\W*(?:the |my |our )?(?:\w+ )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|\w+ty) (?:\w+ )?(?:best|ways|things|tips|reasons|easy|tricks|recipes|places|books|movies|films|gifts|ideas|lessons|takeaways)\b/i,
  /^\W*(?:(?:the|our) best|best (?:\w+ ){1,3}(?:to|for|of)|my favou?rite|things to|everything (?:you|to)|should (?:you|i)|(?:why )?you (?:should|can|need)|i (?:tried|tested)|all the|the one thing|tips for)\b/i,
  /\b(?:(?:deals?|on sale|sale) (?:\w+ )?(?:for|from|during|before|at)|black friday|cyber monday|prime day|gift guide)\b|[$€£]\d+ off\b|\d% off\b/i,
];
const MOST_CHARACTERS = 300;

/** How far words that an article shares with another may be taken for one event, 0 to 1. */
export function measureTrust({ title, isDateGuessed }: Candidate): number {
  const opening = title.slice(0, MOST_CHARACTERS);
  const isAdvice = ADVICE.some((pattern) => pattern.test(opening));
  return (isAdvice ? ADVICE_TRUST : 1) * (isDateGuessed ? UNDATED_TRUST : 1);
}
