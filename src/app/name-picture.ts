import type { App } from './app.ts';
import type { IssueDocument } from '../domain/issue.ts';
import { makeLinkToken, readLinkToken } from '../domain/link-token.ts';

/** Where a picture of ours is shown from: `/img/TOKEN`, signed so that nobody can have other pictures fetched. Empty for no picture. */
export function findPicturePath(secret: string, url: string | undefined): string {
  if (!url?.startsWith('https://') && !url?.startsWith('http://')) return '';
  return `/img/${makeLinkToken(secret, 'picture', Buffer.from(url).toString('base64url'))}`;
}

/** Where an issue's picture is asked of us, so that its publisher learns of no reader; null without a picture or an address of our own. */
export function locatePicture(
  app: App,
  { lead }: Pick<IssueDocument, 'lead'>,
  home = app.settings.publicUrl,
): string | null {
  const path = findPicturePath(app.secret, lead?.image?.url);
  return path === '' || home === '' ? null : `${home}${path}`;
}

/** An issue whose picture is shown from another address; null leaves it where it is. */
export function placePicture(document: IssueDocument, url: string | null): IssueDocument {
  const { lead } = document;
  if (!lead?.image || url === null) return document;
  return { ...document, lead: { ...lead, image: { ...lead.image, url } } };
}

/** The address of the picture a token of ours stands for, or null. */
export function readPictureToken(secret: string, token: string): string | null {
  const named = readLinkToken(secret, 'picture', token);
  return named && Buffer.from(named, 'base64url').toString();
}
