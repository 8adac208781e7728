import type { Candidate } from '../domain/article.ts';
import { cleanTitles } from './clean-title.ts';
import { cutAtClause } from './cut-at-clause.ts';
import { findOutdated } from './find-outdated.ts';
import { measureAge } from './measure-age.ts';
import { listSentences } from './list-sentences.ts';
import { weighStory, type Centrality } from './weigh-story.ts';

const LONGEST = 70;
const SHORTEST = 20;
const MOST_ARTICLES = 20;
/** A cut that keeps less of a title has lost what it was about. */
const LEAST_KEPT = 0.4;
/** A title longer than this is a text that lost its place. */
const ABSURD = 300;

/** The lead's title, a cut one, one that teases and one of hours ago weigh as much more or less than they say. */
const LEAD_LEVY = 1.2;
const CUT_LEVY = 0.65;
const BAIT_LEVY = 0.3;
const LIST_LEVY = 0.7;
const MENDED_LEVY = 0.6;
const HOURLY_LEVY = 0.95;

/** Titles that speak of the article, ask, tease or count instead of telling what happened. */
const BAIT =
  /\?$|^(?:here['’]?s|here are|why|how|what|when|where|who|which|this is|these|you|your|meet|watch|see|inside|behind|everything|opinion|analysis|comment|explainer|explained|factbox|timeline|quiz|letters|review|profile|editorial|deal of the day|sponsored|warum|wieso|wie|was|das|diese|so|kommentar|meinung|pourquoi|comment|voici|ce que|quand|por qué|cómo|qué|así|esto|opinión)(?![\p{L}\p{N}])|^\W*(?:\d+|two|three|four|five|six|seven|eight|nine|ten|fünf|sieben|zehn|cinq|dix|cinco|diez) (?:\p{L}+ )?(?:things|ways|reasons|facts|takeaways|tips|lessons|questions|charts|photos|dinge|gründe|fakten|choses|raisons|cosas|razones|claves)(?!\p{L})|won['’]t believe|(?:what|all) (?:we|you) (?:know|need)|what to (?:know|watch|expect)|need to know|goes viral|hour by hour|: (?:how|why|what|who|inside|a guide)(?!\p{L})|(?:^|[:,–—-] ?)live(?: updates?)?(?:$|[ :])|\b(?:morning|evening) (?:briefing|guide)\b|this one (?:trick|weird)|shocking|…$/iu;

/** "Latchkey: two characters, 40 million accounts, one volunteer": a list tells less than a sentence. */
const LIST = /: [^,:\s]+ [^,:]+(?:, [^,:\s]+ [^,:]+){2,}$/u;

interface Option {
  readonly title: string;
  readonly value: number;
  /** What the value is multiplied with beside what the words are worth. */
  readonly levy: number;
}

/**
 * The headline of a story: the best of its articles' titles, without outlets' names and kickers. Best is what says most of what
 * all reports share, the lead's (the first article's) when in doubt; never one with a figure that has been overtaken.
 * At most 70 characters, cut only where a clause ends; whole when that cannot be done. '' when no article has words.
 */
export function chooseHeadline(articles: readonly Candidate[]): string {
  const few = articles.slice(0, MOST_ARTICLES).filter(({ title }) => title.length <= ABSURD);
  const all = cleanTitles(few).filter((title) => title !== '');
  const [first] = all;
  if (first === undefined)
    return articles.slice(0, MOST_ARTICLES).flatMap(listSentences).find(isShortEnough) ?? '';
  if (all.length === 1) return shorten(first) ?? first;
  const measure = weighStory(articles);
  const whole = valueTitles(few, articles, measure);
  const long = whole.map((option) => ({
    ...option,
    value: option.value / Math.max(LONGEST, option.title.length),
  }));
  return (
    chooseBest(whole.flatMap((option) => shortenOption(option, measure))) ??
    chooseBest(long) ??
    first
  );
}

function isShortEnough(sentence: string): boolean {
  return sentence.length <= ABSURD;
}

/** Without those that are out of date, unless all are. */
function valueTitles(
  few: readonly Candidate[],
  articles: readonly Candidate[],
  measure: Centrality,
): readonly Option[] {
  const [isOutdated, age] = [findOutdated(articles), measureAge(few)];
  const options = cleanTitles(few).flatMap((title, place) => {
    const tone = BAIT.test(title) ? BAIT_LEVY : LIST.test(title) ? LIST_LEVY : 1;
    const levy = (place === 0 ? LEAD_LEVY : 1) * tone;
    const aged = levy * HOURLY_LEVY ** age(few[place]);
    return title === '' ? [] : [{ title, levy: aged, value: measure(title) * aged }];
  });
  const current = options.filter(({ title }) => !isOutdated(title));
  return current.length > 0 ? current : options;
}

/** A cut is judged by what is left of it; it may have lost a tease. */
function shortenOption({ title, value, levy }: Option, measure: Centrality): readonly Option[] {
  const short = shorten(title);
  if (short === null) return [];
  if (short === title) return [{ title, value, levy }];
  const isMended = BAIT.test(title) && !BAIT.test(short);
  const cutLevy = levy * CUT_LEVY * (isMended ? MENDED_LEVY / BAIT_LEVY : 1);
  return [{ title: short, levy: cutLevy, value: measure(short) * cutLevy }];
}

function shorten(title: string): string | null {
  const isWhole = title.length <= LONGEST && title.length >= SHORTEST;
  if (isWhole) return title;
  return cutAtClause(title, (cut) => isGoodLength(cut) && cut.length >= LEAST_KEPT * title.length);
}

function isGoodLength(title: string): boolean {
  return title.length >= SHORTEST && title.length <= LONGEST;
}

function chooseBest(options: readonly Option[]): string | null {
  const [first, ...others] = options;
  if (!first) return null;
  return others.reduce((best, option) => (option.value > best.value ? option : best), first).title;
}
