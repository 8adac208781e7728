import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** What the world publishes, by question: `TXT example.org` → its texts; `MX example.org` → `10 mail.example.org`; `A …` → addresses. */
export type DnsRecords = Readonly<Record<string, readonly string[]>>;

/** A name server on this machine that knows some records and of all other names says that they do not exist. */
export interface DnsServer {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  readonly port: number;
  /** Every question so far, as the records are keyed. */
  readonly questions: readonly string[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, number>> = { A: 1, PTR: 12, MX: 15, TXT: 16 };
const NO_SUCH_NAME = 3;
const SERVER_FAILED = 2;

/** Opens the server, over UDP and TCP. A name listed as `FAILS name` is answered with SERVFAIL; one as `SILENT name` never. */
export async function openDnsServer(records: DnsRecords): Promise<DnsServer> {
  const questions: string[] = [];
  const known = new Map(Object.entries(records));
  const tcp = createServer((socket) => answerStream(socket, answer));
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const address = tcp.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const udp = createSocket('udp4');
  udp.on('message', (question, { port: to, address: host }) => {
    const reply = answer(question);
    if (reply) udp.send(reply, to, host);
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');

  function answer(query: Buffer): Buffer | null {
    const { name, type, end } = readQuestion(query);
    const kind = Object.keys(TYPES).find((key) => TYPES[key] === type) ?? `TYPE${type}`;
    questions.push(`${kind} ${name}`);
    if (known.has(`SILENT ${name}`)) return null;
    const found = known.get(`${kind} ${name}`) ?? [];
    const isKnown = [...known.keys()].some((key) => key.endsWith(` ${name}`));
    const code = known.has(`FAILS ${name}`) ? SERVER_FAILED : isKnown ? 0 : NO_SUCH_NAME;
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8580 | code, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(found.length, 6);
    return Buffer.concat([
      header,
      query.subarray(12, end),
      ...found.map((value) => encodeRecord(type, value)),
    ]);
  }

  return {
    address: `127.0.0.1:${port}`,
    port,
    questions,
    close: () =>
      new Promise((resolve) => {
        udp.close();
        tcp.close(() => resolve());
      }),
  };
}

/** DNS over TCP puts the length before each message (RFC 1035, section 4.2.2). */
function answerStream(socket: Socket, answer: (query: Buffer) => Buffer | null): void {
  socket.on('error', () => socket.destroy());
  socket.once('data', (data) => {
    const reply = answer(data.subarray(2));
    if (reply) socket.end(Buffer.concat([encodeNumber(reply.length), reply]));
  });
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function encodeRecord(type: number, value: string): Buffer {
  const data = encodeData(type, value);
  // A pointer to the question's name, the type, class IN, a minute to live.
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60]);
  return Buffer.concat([head, encodeNumber(data.length), data]);
}

function encodeData(type: number, value: string): Buffer {
  if (type === TYPES['A']) return Buffer.from(value.split('.').map(Number));
  if (type === TYPES['PTR']) return encodeName(value);
  if (type === TYPES['MX']) {
    const [priority = '10', host = ''] = value.split(' ');
    return Buffer.concat([encodeNumber(Number(priority)), encodeName(host)]);
  }
  const strings = value.match(/.{1,255}/g) ?? [''];
  return Buffer.concat(
    strings.map((text) => Buffer.from(`${String.fromCharCode(text.length)}${text}`, 'latin1')),
  );
}

function encodeName(name: string): Buffer {
  const labels = name === '.' ? [] : name.split('.');
  return Buffer.from(
    `${labels.map((label) => String.fromCharCode(label.length) + label).join('')}\0`,
    'latin1',
  );
}

function encodeNumber(number: number): Buffer {
  return Buffer.from([number >> 8, number & 255]);
}
