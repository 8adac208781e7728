import { appendFile, open, rename, stat } from 'node:fs/promises';

/** A message about to be handed over, as the journal keeps it. */
interface JournalEntry {
  /** Which store wrote it, and its count of messages handed over by then. */
  readonly store: string;
  readonly number: number;
  readonly issue: string;
  readonly delivery: string;
  readonly messageId: string;
}

/** A file beside the store to which every hand-over is appended: a store that counts fewer than its journal is an old copy. */
export interface SendJournal {
  /** Appends an entry; resolves when the operating system has it. */
  append(entry: JournalEntry): Promise<void>;
  /** The highest number this store has written, or 0. */
  findLast(storeId: string): Promise<number>;
}

/** So much of the end is read: entries of several processes stand in any order, but near each other. */
const TAIL = 64 * 1024;
/** A longer journal is put aside as `.old`, in place of the one before. */
const LONGEST = 16 * 1024 * 1024;

/**
 * Opens the journal of the store at `storePath`. Entries are written after the hand-over is on the disk, so a crash leaves the store
 * ahead of its journal, never behind. They are not flushed one by one: what a power cut takes is the end, and any entry that a copy does not know betrays it.
 */
export function openSendJournal(storePath: string): SendJournal {
  const file = `${storePath}.sends`;
  let waiting: string[] = [];
  let turn: Promise<void> | null = null;
  return {
    append(entry) {
      waiting.push(`${JSON.stringify(entry)}\n`);
      turn = (turn ?? putAside(file)).then(async () => {
        const lines = waiting;
        waiting = [];
        if (lines.length > 0) await appendFile(file, lines.join(''), { mode: 0o600 });
      });
      return turn;
    },
    async findLast(storeId) {
      const entries = (await readTail(file)).filter(({ store }) => store === storeId);
      return Math.max(0, ...entries.map(({ number }) => number));
    },
  };
}

async function putAside(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  // Another process may have been first.
  if (size > LONGEST) await rename(file, `${file}.old`).catch(() => {});
}

async function readTail(file: string): Promise<readonly JournalEntry[]> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - TAIL);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(TAIL), 0, TAIL, from);
    return buffer.toString('utf8', 0, bytesRead).split('\n').flatMap(parseEntry);
  } finally {
    await handle.close();
  }
}

/** A line cut off at either end is none. */
function parseEntry(line: string): readonly JournalEntry[] {
  try {
    const entry = JSON.parse(line) as JournalEntry;
    return typeof entry.number === 'number' ? [entry] : [];
  } catch {
    return [];
  }
}
