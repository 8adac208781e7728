import type { SmtpServer } from './parse-transport-url.ts';

const REASONS: readonly {
  readonly pattern: RegExp;
  readonly explain: (server: SmtpServer) => string;
}[] = [
  {
    pattern: /ENOTFOUND/,
    explain: ({ host }) => `the name ${host} is not known, check it in DAYBRIEF_SMTP_URL`,
  },
  {
    pattern: /EAI_AGAIN/,
    explain: ({ host }) => `the name ${host} could not be looked up, is the network there?`,
  },
  {
    pattern: /ECONNREFUSED/,
    explain: ({ port }) => `nothing answers at port ${port}, check it in DAYBRIEF_SMTP_URL`,
  },
  {
    pattern: /certificate has expired/,
    explain: () => 'its certificate has expired and must be renewed there',
  },
];

/** Why a connection did not come about, in words for whoever set it up; what is not known is left as the network says it. */
export function explainConnection(error: Error, server: SmtpServer): string {
  const reason = REASONS.find(({ pattern }) => pattern.test(error.message));
  return reason ? reason.explain(server) : error.message;
}
