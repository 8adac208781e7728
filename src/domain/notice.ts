/** A mail to the people who make a newsletter: a proof, a report, an alert. Plain texts. */
export interface Notice {
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** What can be done, each with the command that does it. */
  readonly commands: readonly { readonly about: string; readonly command: string }[];
}
