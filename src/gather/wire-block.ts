/** One line or paragraph of a page, as plain text, and what it reads like. */
export interface WireBlock {
  readonly text: string;
  /** Where it leads, when all of it is one link. */
  readonly url: string | null;
  /** `headline`: marked as one in Markdown, or a line that reads like one · `fragment`: holds no finished sentence · `body`: the rest. */
  readonly role: 'headline' | 'fragment' | 'body';
  /** 1 to 6 for a Markdown heading, 0 for anything else. */
  readonly level: number;
  readonly isBullet: boolean;
}

/** What a page says about one event. */
export interface WireItem {
  /** The section of the page it stands in. */
  readonly label: string | null;
  readonly title: WireBlock | null;
  /** In the order of the page. */
  readonly bodies: readonly WireBlock[];
}
