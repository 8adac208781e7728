// Puts signed messages before the judges that decide between inbox and junk, and before those of HTML and accessibility.
// Run with: npm run mail:judge, as root on Debian to have what is missing installed; `-- --templates DIR` judges other templates.
// The judges run in a network of their own that has nothing but this machine, where the kernel lets us make one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDnsServer } from '../deliver/dns-server.ts';
import { installJudges } from './install-judges.ts';
import { judgeHeaders } from './judge-headers.ts';
import { writeMessages } from './judge-messages.ts';
import { askHtmlValidate, askNu, judgeFeatures, readPages } from './judge-pages.ts';
import { askMailauth, askOpenDkim, askPython } from './judge-signatures.ts';
import { askRspamd, askSpamAssassin } from './judge-spam.ts';
import { printVerdicts, type Verdict } from './verdict.ts';

const MOST_MS = 900_000;
const { values } = parseArgs({
  options: { templates: { type: 'string', default: '' }, tools: { type: 'string', default: '' } },
});

process.exitCode = values.tools === '' ? judgeApart(installJudges()) : await judge(values.tools);

/** Once more in a network with only a loopback: nothing a judge does can leave this machine. */
function judgeApart(tools: string): number {
  const self = [process.execPath, import.meta.filename, '--tools', tools];
  const command = [...self, '--templates', values.templates];
  const isApart = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0;
  if (!isApart) console.log('No network of our own here: every judge is told to ask this machine.');
  const script = 'ip link set lo up && exec "$@"';
  const apart = ['unshare', '--net', 'sh', '-c', script, 'sh', ...command];
  const [program = '', ...args] = isApart ? apart : command;
  return spawnSync(program, args, { stdio: 'inherit', timeout: MOST_MS }).status ?? 1;
}

/** The exit code: 1 when a figure is missed. */
async function judge(tools: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'daybrief-judge-'));
  try {
    const docket = await writeMessages(folder, values.templates);
    const { messages } = docket;
    const dns = await openDnsServer(docket.records);
    const bench = { folder, dnsPort: dns.port };
    console.log(
      `${messages.length} signed messages: ${messages.map(({ name }) => name).join(' · ')}\n`,
    );
    const pages = await readPages(messages);
    const verdicts: readonly Verdict[] = [
      await askSpamAssassin(messages, bench),
      await askRspamd(messages, bench),
      askOpenDkim(docket, folder),
      ...askPython(docket),
      await askMailauth(docket, tools),
      await judgeHeaders(messages),
      askNu(pages, { tools, folder }),
      await askHtmlValidate(pages, { tools, messages }),
      judgeFeatures(pages),
    ];
    await dns.close();
    printVerdicts(verdicts);
    return verdicts.some(({ faults }) => faults.length > 0) ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
