import type { Socket } from 'node:net';

/** One reply of a mail server (RFC 5321, section 4.2); code 0 when it is none. */
export interface Reply {
  readonly code: number;
  readonly text: string;
}

/** A server's replies in the order they come. */
interface Replies {
  /** Waits at most `limit` milliseconds for the next one, after those who asked before; an Error when none comes, and then for all. */
  next(limit: number): Promise<Reply | Error>;
  /** One that is there already, or the end of the connection; null when there is neither. */
  take(): Reply | Error | null;
  /** Nothing more will come. */
  end(cause: Error): void;
}

interface Waiter {
  readonly limit: number;
  readonly resolve: (answer: Reply | Error) => void;
}

/** A reply of more bytes is no reply. */
const LONGEST_REPLY = 65_536;

/** Reads the replies that come over a connection. */
export function readReplies(socket: Socket): Replies {
  const arrived: Reply[] = [];
  const waiting: Waiter[] = [];
  let loss: Error | null = null;
  let timer: NodeJS.Timeout | undefined;
  let unread = '';

  function take(): Reply | Error | null {
    return arrived.shift() ?? loss;
  }

  function wake(): void {
    for (let [first] = waiting; first; [first] = waiting) {
      const answer = take();
      if (!answer) return;
      waiting.shift();
      first.resolve(answer);
      startTimer();
    }
  }

  /** Only the oldest waits for the server; the others wait for the oldest. */
  function startTimer(): void {
    clearTimeout(timer);
    if (waiting[0]) timer = setTimeout(giveUp, waiting[0].limit);
  }

  /** For all who wait: what came later could not be told from the reply that is missing. */
  function giveUp(): void {
    unread = '';
    end(new Error('no answer in time'));
  }

  function end(cause: Error): void {
    // Cut short by the end of the connection, a no is still a no, and a yes is not a yes.
    if (/^[45]\d\d[ -]/.test(unread)) arrived.push(parseReply(unread));
    unread = '';
    loss ??= cause;
    wake();
  }

  socket.on('data', (chunk) => {
    if (loss) return;
    unread += chunk.toString('latin1');
    for (let length = measureReply(unread); length > 0; length = measureReply(unread)) {
      arrived.push(parseReply(unread.slice(0, length)));
      unread = unread.slice(length);
    }
    if (unread.length > LONGEST_REPLY) end(new Error('the server answers without end'));
    else wake();
  });

  return {
    next(limit) {
      const answer = waiting.length === 0 ? take() : null;
      if (answer) return Promise.resolve(answer);
      return new Promise((resolve) => {
        waiting.push({ limit, resolve });
        if (waiting.length === 1) startTimer();
      });
    },
    take,
    end,
  };
}

/** The length of the whole reply that `text` begins with; 0 when its last line is not there yet. */
function measureReply(text: string): number {
  for (let start = 0; ;) {
    const end = text.indexOf('\n', start) + 1;
    if (end === 0) return 0;
    if (!/^\d{3}-/.test(text.slice(start, start + 4))) return end;
    start = end;
  }
}

function parseReply(bytes: string): Reply {
  const text = Buffer.from(bytes, 'latin1').toString().trimEnd();
  return { code: /^[2-5]\d\d(?![^ -])/.test(text) ? Number(text.slice(0, 3)) : 0, text };
}
