/** What a mail has around it where it is shown: on the web, or as a proof. HTML that was escaped when it was made. */
export interface MailDress {
  readonly head?: string;
  readonly top?: string;
  readonly foot?: string;
}

/** The HTML of a mail with a dress around it: every byte of the mail stays. */
export function dressMail(html: string, { head = '', top = '', foot = '' }: MailDress): string {
  const headEnd = html.indexOf('</head>');
  const body = /<body[^>]*>/.exec(html);
  const end = html.lastIndexOf('</body>');
  if (headEnd < 0 || !body || end < 0) throw new Error('a mail has a head and a body');
  const start = body.index + body[0].length;
  return [
    html.slice(0, headEnd),
    head,
    html.slice(headEnd, start),
    top,
    html.slice(start, end),
    foot,
    html.slice(end),
  ].join('');
}
