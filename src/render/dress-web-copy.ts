/** What a web page has around an issue that the mail has not; HTML that was escaped when it was made. */
export interface WebDress {
  readonly head: string;
  readonly top: string;
  readonly foot: string;
}

/** An issue's mail as a web page: every byte of the mail stays, and the dress goes around it. */
export function dressWebCopy(html: string, dress: WebDress): string {
  const head = html.indexOf('</head>');
  const body = /<body[^>]*>/.exec(html);
  const end = html.lastIndexOf('</body>');
  if (head < 0 || !body || end < 0) throw new Error('a mail has a head and a body');
  const top = body.index + body[0].length;
  return [
    html.slice(0, head),
    dress.head,
    html.slice(head, top),
    dress.top,
    html.slice(top, end),
    dress.foot,
    html.slice(end),
  ].join('');
}
