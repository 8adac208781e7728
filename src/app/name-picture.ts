import type { App } from './app.ts';
import type { IssueDocument } from '../domain/issue.ts';
import { makeLinkToken, readLinkToken } from '../domain/link-token.ts';

/** Where a picture of ours is shown from: `/img/TOKEN`, signed so that nobody can have other pictures fetched. Empty for no picture. */
export function findPicturePath(secret: string, url: string | undefined): string {
  if (!url?.startsWith('https://') && !url?.startsWith('http://')) return '';
  return `/img/${makeLinkToken(secret, 'picture', Buffer.from(url).toString('base64url'))}`;
}

/** An issue whose picture is asked of us: its publisher learns of no reader. Without an address of our own it is left where it is. */
export function placePicture(
  app: App,
  document: IssueDocument,
  home = app.settings.publicUrl,
): IssueDocument {
  const { lead } = document;
  const path = findPicturePath(app.secret, lead?.image?.url);
  if (!lead?.image || path === '' || home === '') return document;
  return { ...document, lead: { ...lead, image: { ...lead.image, url: `${home}${path}` } } };
}

/** The address of the picture a token of ours stands for, or null. */
export function readPictureToken(secret: string, token: string): string | null {
  const named = readLinkToken(secret, 'picture', token);
  return named && Buffer.from(named, 'base64url').toString();
}
