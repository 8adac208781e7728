import type { SendStage } from '../domain/delivery.ts';

/** The server's first no to the message or step under way. */
interface Refusal {
  readonly stage: SendStage;
  readonly code: number;
  readonly text: string;
}

/** What is known of a conversation with a mail server at this moment. */
export interface Dialogue {
  /** The step whose answer is awaited, or the last one that was answered. */
  readonly stage: SendStage;
  readonly refusal: Refusal | null;
  readonly lastReply: string;
  /** The server's latest greeting with the extensions it offers (RFC 5321, section 4.1.1.1). */
  readonly extensions: string;
  /** Takes the log of Nodemailer's SMTPConnection, which names every command and reply. */
  readonly logger: Readonly<Record<string, LogListener>>;
  beginMessage(): void;
  enterStage(stage: SendStage): void;
}

type LogListener = (entry: { readonly [key: string]: unknown }, text: string) => void;

const STAGES: Readonly<Record<string, SendStage>> = {
  EHLO: 'greeting',
  HELO: 'greeting',
  STARTTLS: 'tls',
  AUTH: 'auth',
  MAIL: 'mail',
  RCPT: 'rcpt',
  DATA: 'data',
};

/** Follows a conversation by its log. Commands may be sent ahead of their replies (RFC 2920), so each reply belongs to the oldest command. */
export function followDialogue(onProgress: () => void): Dialogue {
  const now = {
    stage: 'connect' as SendStage,
    awaited: [] as SendStage[],
    refusal: null as Refusal | null,
    lastReply: '',
    extensions: '',
  };

  function noteCommand(line: string): void {
    const verb = /^[A-Z]+(?![^ ])/.exec(line)?.[0] ?? '';
    if (verb === 'HELO') now.refusal = null;
    now.awaited.push(STAGES[verb] ?? now.stage);
  }

  function noteReply(text: string): void {
    now.stage = now.awaited.shift() ?? now.stage;
    now.lastReply = text;
    if (now.stage === 'greeting') now.extensions = text;
    if (!/^[45]\d\d(?![^ -])/.test(text)) return;
    now.refusal ??= { stage: now.stage, code: Number(text.slice(0, 3)), text };
  }

  function enterStage(stage: SendStage): void {
    now.stage = stage;
    now.awaited = [];
    onProgress();
  }

  const listen: LogListener = (entry, text) => {
    if (entry['tnx'] === 'client') noteCommand(text);
    else if (entry['tnx'] === 'server') noteReply(text);
    else if (entry['tnx'] === 'network' && 'remotePort' in entry) now.stage = 'greeting';
    else return;
    onProgress();
  };

  return {
    get stage() {
      return now.awaited[0] ?? now.stage;
    },
    get refusal() {
      return now.refusal;
    },
    get lastReply() {
      return now.lastReply;
    },
    get extensions() {
      return now.extensions;
    },
    logger: {
      trace: listen,
      debug: listen,
      info: listen,
      warn: listen,
      error: listen,
      fatal: listen,
    },
    beginMessage() {
      now.refusal = null;
      enterStage('mail');
    },
    enterStage,
  };
}
