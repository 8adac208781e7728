import { createHash } from 'node:crypto';
import { access, constants, mkdir } from 'node:fs/promises';
import type { SendOutcome, SendResult, SendStage } from '../domain/delivery.ts';
import type { Message } from '../domain/email.ts';
import { findAddressFault } from '../domain/subscriber.ts';
import { formatMessage } from './format-message.ts';
import { normalizeReply } from './normalize-reply.ts';
import type { Signer } from './open-signer.ts';
import { saveMessageDraft } from './save-message-draft.ts';

/** A transport that keeps each message as one `.eml` file in `folder`, made when missing; the same message again replaces its file. */
export function openOutbox(folder: string, signer: Signer | null = null) {
  return {
    kind: 'files' as const,
    describe: () => folder,
    verify: () => verifyFolder(folder),
    sendMessage: (message: Message, commitHandOver: () => Promise<void>) =>
      saveMessage({ folder, signer }, message, commitHandOver),
    close: () => Promise.resolve(),
  };
}

async function verifyFolder(folder: string): Promise<SendResult | null> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return null;
  } catch (error) {
    return describeFailure('unavailable', 'connect', error);
  }
}

async function saveMessage(
  { folder, signer }: { folder: string; signer: Signer | null },
  message: Message,
  commitHandOver: () => Promise<void>,
): Promise<SendResult> {
  const fault = findAddressFault(message.to.address);
  if (fault) return { outcome: 'refused', stage: 'rcpt', code: null, reply: fault };
  const bytes = await formatMessage(message, signer);
  const name = nameFile(message);
  const obstacle = await verifyFolder(folder);
  if (obstacle) return obstacle;
  let stage: SendStage = 'data';
  try {
    const draft = await saveMessageDraft(folder, name, bytes);
    try {
      stage = 'commit';
      await commitHandOver();
      stage = 'reply';
      await draft.publish();
    } finally {
      await draft.drop();
    }
    return { outcome: 'sent', stage, code: null, reply: `saved as ${name}` };
  } catch (error) {
    return describeFailure(stage === 'commit' ? 'deferred' : 'unavailable', stage, error);
  }
}

function nameFile(message: Message): string {
  const time = message.date.slice(0, 19).replace(/[^0-9T]/g, '');
  const hash = createHash('sha256').update(message.messageId).digest('hex');
  return `${time}-${hash.slice(0, 16)}.eml`;
}

function describeFailure(outcome: SendOutcome, stage: SendStage, error: unknown): SendResult {
  const reply = normalizeReply(error instanceof Error ? error.message : String(error), []);
  return { outcome, stage, code: null, reply };
}
