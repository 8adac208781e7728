import type { SendStage } from '../domain/delivery.ts';

/** The server's first no to the step under way. */
interface Refusal {
  readonly stage: SendStage;
  readonly code: number;
  readonly text: string;
}

/** How far connecting, securing and logging in have come. */
export interface Opening {
  /** The step whose answer is awaited, or the last one that was answered. */
  readonly stage: OpeningStage;
  readonly refusal: Refusal | null;
  /** The server's latest greeting with the extensions it offers (RFC 5321, section 4.1.1.1). */
  readonly extensions: string;
  /** Takes the log of Nodemailer's SMTPConnection, which names every command and reply. */
  readonly logger: Readonly<Record<string, LogListener>>;
}

/** The steps before a message. */
export type OpeningStage = 'connect' | 'greeting' | 'tls' | 'auth';

type LogListener = (entry: { readonly [key: string]: unknown }, text: string) => void;

const STAGES: Readonly<Record<string, OpeningStage>> = {
  EHLO: 'greeting',
  HELO: 'greeting',
  STARTTLS: 'tls',
  AUTH: 'auth',
};

/** Follows the opening of a conversation by its log; `onProgress` is called for every command and reply. */
export function followOpening(onProgress: () => void): Opening {
  let stage: OpeningStage = 'connect';
  let refusal: Refusal | null = null;
  let extensions = '';

  function noteCommand(line: string): void {
    const verb = /^[A-Z]+(?![^ ])/.exec(line)?.[0] ?? '';
    if (verb === 'HELO') refusal = null;
    stage = STAGES[verb] ?? stage;
  }

  function noteReply(text: string): void {
    if (stage === 'greeting') extensions = text;
    if (!/^[45]\d\d(?![^ -])/.test(text)) return;
    refusal ??= { stage, code: Number(text.slice(0, 3)), text };
  }

  const listen: LogListener = (entry, text) => {
    if (entry['tnx'] === 'client') noteCommand(text);
    else if (entry['tnx'] === 'server') noteReply(text);
    else if (entry['tnx'] === 'network' && 'remotePort' in entry) stage = 'greeting';
    else return;
    onProgress();
  };

  return {
    get stage() {
      return stage;
    },
    get refusal() {
      return refusal;
    },
    get extensions() {
      return extensions;
    },
    logger: {
      trace: listen,
      debug: listen,
      info: listen,
      warn: listen,
      error: listen,
      fatal: listen,
    },
  };
}
