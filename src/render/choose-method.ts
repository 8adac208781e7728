import {
  countModelStories,
  listIssueStories,
  type IssueDocument,
  type IssueStory,
} from '../domain/issue.ts';
import { renderCount, type Catalogue, type Furniture } from './catalogue.ts';

/** How the brief was made; whatever template prints it cannot keep silent about a model. */
export function chooseMethod(document: IssueDocument, furniture: Furniture): string {
  const reworded = countModelStories(document);
  const stories = listIssueStories(document);
  const words =
    reworded === 0
      ? chooseWords(stories, furniture.words)
      : renderCount(furniture, 'methodModel', reworded);
  const isJoined = stories.some(({ joinedByModel }) => joinedByModel);
  return isJoined ? `${words} ${furniture.words['methodMeaning'] ?? ''}`.trimEnd() : words;
}

/** Whose words the brief is in; a catalogue of one's own that does not know of editors says what it says. */
function chooseWords(stories: readonly IssueStory[], words: Catalogue): string {
  const isEdited = stories.some(({ isRewritten }) => isRewritten);
  return (isEdited ? words['methodEdited'] : undefined) ?? words['method'] ?? '';
}
