import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as the server read it. */
export interface ModelRequest {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages?: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: unknown;
    readonly input?: readonly string[];
  };
}

/** What a server does with a request; `number` is 1 for the first. */
export type ModelAct = (
  response: ServerResponse,
  request: ModelRequest,
  number: number,
) => void | Promise<void>;

export interface ModelServer {
  /** Base address, as `model.url` wants it. */
  readonly url: string;
  readonly requests: readonly ModelRequest[];
  /** The most requests that were open at once. */
  readonly mostAtOnce: () => number;
}

/** A server on this machine that speaks the protocol as the test says; closed when the test is over. */
export async function openModelServer(act: ModelAct): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  let [open, mostAtOnce] = [0, 0];
  const server = createServer((request, response) => {
    open += 1;
    mostAtOnce = Math.max(mostAtOnce, open);
    response.once('close', () => (open -= 1)).on('error', () => {});
    void readRequest(request).then((read) => {
      requests.push(read);
      return act(response, read, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, requests, mostAtOnce: () => mostAtOnce };
}

async function readRequest(request: IncomingMessage): Promise<ModelRequest> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return {
    path: request.url ?? '',
    key: request.headers.authorization,
    body: JSON.parse(text) as ModelRequest['body'],
  };
}

/** Answers with what a well-behaved server would wrap around this content. */
export function say(response: ServerResponse, content: unknown, finish = 'stop'): void {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  sendJson(response, {
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: finish }],
    usage: { total_tokens: 500 },
  });
}

/** Answers with any JSON. */
export function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
}

/** The title of the first report in a request. */
export function readTitle({ body }: ModelRequest): string {
  const asked = JSON.parse(body.messages?.at(-1)?.content ?? '{}') as {
    reports?: readonly { title: string }[];
  };
  return asked.reports?.[0]?.title ?? '';
}

/** What servers do that is no answer, or none in time. */
export const BAD_SERVERS: readonly { readonly name: string; readonly act: ModelAct }[] = [
  { name: 'stalls before the first byte', act: () => {} },
  {
    name: 'stalls after the headers',
    act: (response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).write('{"cho'),
  },
  {
    name: 'drips a byte at a time',
    act: (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drip));
    },
  },
  { name: 'answers 500', act: (response) => void response.writeHead(500).end('oops') },
  { name: 'answers 401', act: (response) => void response.writeHead(401).end('{"error":{}}') },
  {
    name: 'is busy for an hour',
    act: (response) => void response.writeHead(429, { 'retry-after': '3600' }).end(),
  },
  {
    name: 'sends us elsewhere',
    act: (response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  },
  {
    name: 'answers with a web page',
    act: (response) => void response.end('<!doctype html><title>Welcome</title>'),
  },
  { name: 'answers with nothing', act: (response) => void response.end() },
  {
    name: 'sends 20 MB',
    act: (response) => void response.end(Buffer.alloc(20_000_000, '{"choices": ')),
  },
  {
    name: 'sends 20 MB packed in a few kilobytes',
    act: async (response) => {
      const { gzipSync } = await import('node:zlib');
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(20_000_000, 'x')));
    },
  },
  { name: 'closes early', act: (response) => void response.socket?.destroy() },
  {
    name: 'closes in the middle',
    act: (response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"choices"', () => response.socket?.destroy());
    },
  },
  ...[
    '[]',
    'null',
    '7',
    '{"choices": {}}',
    '{"choices": [null]}',
    '{"choices": [{"message": "hello"}]}',
    '{"choices": [{"message": {"content": 7}}]}',
    '{"choices": [{"message": {"content": "Sure! Here is your summary."}}]}',
    '{"choices": [{"message": {"content": "[1,2]"}}]}',
    '{"choices": [{"message": {"content": "{\\"headline\\": {\\"toString\\": \\"x\\"}, \\"summary\\": 7}"}}]}',
    '{"__proto__": {"choices": [{"message": {"content": "{\\"headline\\": \\"Hello\\"}"}}]}}',
    '{"choices": [{"message": {"content": "{\\"__proto__\\": {\\"headline\\": \\"Owned by a server\\"}}"}}]}',
    '{"choices": [{"message": {"content": "{\\"constructor\\": \\"x\\", \\"toString\\": \\"y\\"}"}}]}',
  ].map((json) => ({
    name: `answers ${json}`,
    act: (response: ServerResponse) => sendJson(response, json),
  })),
];
