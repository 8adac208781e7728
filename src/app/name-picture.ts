import { makeLinkToken, readLinkToken } from '../domain/link-token.ts';

/** Where a picture of ours is shown from: `/img/TOKEN`, signed so that nobody can have other pictures fetched. Empty for no picture. */
export function findPicturePath(secret: string, url: string | undefined): string {
  if (!url?.startsWith('https://') && !url?.startsWith('http://')) return '';
  return `/img/${makeLinkToken(secret, 'picture', Buffer.from(url).toString('base64url'))}`;
}

/** The address of the picture a token of ours stands for, or null. */
export function readPictureToken(secret: string, token: string): string | null {
  const named = readLinkToken(secret, 'picture', token);
  return named && Buffer.from(named, 'base64url').toString();
}
