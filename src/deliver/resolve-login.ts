import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SendResult } from '../domain/delivery.ts';
import type { SmtpServer } from './parse-transport-url.ts';

/** What to log in with, and what of it must not come back in a server's complaint. */
export interface Login {
  readonly auth: SMTPConnection.AuthenticationType | null;
  readonly secrets: readonly string[];
}

/** What a server is logged in to with: nothing, a password, or a token, which is asked for now. */
export async function resolveLogin({ login }: SmtpServer): Promise<Login | SendResult> {
  if (!login) return { auth: null, secrets: [] };
  const { user } = login;
  if ('pass' in login)
    return { auth: { user, pass: login.pass }, secrets: listSecrets(user, login.pass) };
  const { readToken } = login;
  const answer = readToken ? await readToken('kept') : NO_WAY;
  if (!('token' in answer)) return describeAbsence(answer);
  let { token } = answer;
  const secrets = listSecrets(user, token);
  const oauth2 = {
    getToken(isAnew: boolean, done: (error: Error | null, token?: string) => void) {
      if (!isAnew || !readToken) return done(null, token);
      readToken('new').then((next) => {
        if (!('token' in next)) return done(new Error(next.problem));
        ({ token } = next);
        secrets.push(...listSecrets(user, token));
        done(null, token);
      }, done);
    },
    buildXOAuth2Token: (shown: string) => encode(formatToken(user, shown)),
  };
  // Nodemailer asks no more of its own token generator, which would go to the network by itself.
  return { auth: { user, oauth2 } as unknown as SMTPConnection.AuthenticationType, secrets };
}

const NO_WAY = { problem: 'no way to get an access token is set', isRefused: true };

function describeAbsence({
  problem,
  isRefused,
}: {
  problem: string;
  isRefused: boolean;
}): SendResult {
  const reply = `there is no access token: ${problem}`;
  return { outcome: 'unavailable', stage: isRefused ? 'auth' : 'connect', code: null, reply };
}

/** Plain, and as AUTH sends it: PLAIN (RFC 4616, section 2), LOGIN, and XOAUTH2. */
function listSecrets(user: string, secret: string): string[] {
  return [formatToken(user, secret), `\0${user}\0${secret}`, secret, user].flatMap((one) => [
    encode(one),
    one,
  ]);
}

function formatToken(user: string, token: string): string {
  return `user=${user}\x01auth=Bearer ${token}\x01\x01`;
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}
