import type { IssueStory, StoryMark } from '../domain/issue.ts';
import type { ThreadNews } from '../domain/thread.ts';
import type { Place } from './print-story.ts';

/** A printed story with its thread: marked as new or as an update, and with the sentence that carries what has changed where there is room for one. */
export function markThread(
  story: IssueStory,
  news: ThreadNews | undefined,
  place: Place,
): IssueStory {
  if (!news) return { ...story, thread: null };
  const { headline, summary, whyItMatters, whatNext } = story;
  const printed = [headline, summary, whyItMatters, whatNext].join('\n');
  const sentence = news.sentences.find((text) => !printed.includes(text)) ?? null;
  return {
    ...story,
    thread: news.thread,
    marks: [...listThreadMarks(news), ...story.marks],
    whatChanged: place.mostWords > 0 ? sentence : null,
  };
}

function listThreadMarks({ isNew, toldOn, hasNews }: ThreadNews): readonly StoryMark[] {
  if (isNew) return ['new'];
  return toldOn !== null && hasNews ? ['update'] : [];
}
