import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openImapServer } from '../deliver/imap-server.ts';
import { SELF_SIGNED } from '../deliver/self-signed.ts';
import { makeProject } from './make-project.ts';
import { runCommand, startCommand } from './run-command.ts';

describe('daybrief feeds', () => {
  test('imports OPML, names what it refused on stderr, and exports what it imported', async () => {
    const folder = makeProject();
    const opml = `<opml version="2.0"><body><outline text="the sea">
<outline text="Ferries &amp; more" xmlUrl="https://ferries.example/feed"/>
<outline text="Nothing" type="rss"/></outline></body></opml>`;
    writeFileSync(join(folder, 'in.opml'), opml);
    const imported = await runCommand(folder, ['feeds', 'import', 'in.opml']);
    expect(imported).toMatchObject({ code: 5, stderr: 'line 3: “Nothing” has no xmlUrl\n' });
    expect(imported.stdout).toBe('1 added, 0 known already, 1 refused\n');
    await runCommand(folder, ['feeds', 'export', '-o', 'out.opml']);
    const out = readFileSync(join(folder, 'out.opml'), 'utf8');
    expect(out).toContain('text="Ferries &amp; more"');
    expect((await runCommand(folder, ['feeds', 'import', 'out.opml'])).stdout).toMatch(
      /^0 added, 1/,
    );
    expect((await runCommand(folder, ['feeds', 'import', 'none.opml'])).code).toBe(2);
  });

  test('checks a mailbox: every unseen mail is an article of its list', async () => {
    const source =
      'From: a@example.org\r\nList-Id: Harbour Weekly <w.example>\r\nSubject: Ferry is late\r\nDate: Mon, 9 Mar 2026 05:30:00 +0000\r\n\r\nIt left at noon.\r\n';
    const server = await openImapServer({
      validity: 1,
      mails: [{ uid: 1, isSeen: false, source }],
    });
    onTestFinished(() => server.close());
    const folder = makeProject();
    writeFileSync(join(folder, 'ca.pem'), SELF_SIGNED.cert);
    const checked = await runCommand(
      folder,
      ['feeds', 'check', `imaps://ada@${server.host}/News`],
      {
        DAYBRIEF_IMAP_PASSWORD: 'secret',
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      },
    );
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.stdout).toContain('News: 1 article\n');
    expect(checked.stdout).toContain('2026-03-09T05:30  Harbour Weekly  Ferry is late');
  });
});

describe('daybrief run', () => {
  test('takes articles from programs that show the token', async () => {
    const folder = makeProject();
    const token = 'a-token-of-the-tests-42';
    const child = startCommand(folder, ['run'], { PORT: '0', DAYBRIEF_PUSH_TOKEN: token });
    onTestFinished(() => void child.kill('SIGKILL'));
    const url = await new Promise<string>((resolve) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /pages at (http:\S+?)\. /.exec(said)?.[1];
        if (found) resolve(found);
      });
    });
    const push = (authorization: string) =>
      fetch(`${url}/api/v1/articles`, {
        method: 'POST',
        headers: { authorization },
        body: JSON.stringify({ title: 'Ferry is late', outlet: 'City desk' }),
      });
    expect((await push(`Bearer ${token}`)).status).toBe(201);
    expect((await push('Bearer none')).status).toBe(401);
    const { stdout } = await runCommand(folder, ['feeds', 'list', '--json']);
    expect(stdout).toContain('"push:"');
  });
});

describe('daybrief dkim new', () => {
  test('prints the records to publish and the settings that follow, and makes no second keys', async () => {
    const folder = makeProject();
    const { code, stdout } = await runCommand(folder, ['dkim', 'new', '--selector', 's1']);
    expect(code).toBe(0);
    expect(stdout).toContain('s1._domainkey.harbour.example. IN TXT (\n  "v=DKIM1; k=rsa; p=');
    expect(stdout).toContain('s1-ed25519._domainkey.harbour.example. IN TXT (');
    expect(stdout).toContain('DAYBRIEF_DKIM_DOMAIN=harbour.example\nDAYBRIEF_DKIM_SELECTOR=s1\n');
    expect((await runCommand(folder, ['dkim', 'new', '--selector', 's1'])).code).toBe(6);
    const settings = { DAYBRIEF_DKIM_DOMAIN: 'harbour.example', DAYBRIEF_DKIM_SELECTOR: 's1' };
    const doctor = await runCommand(folder, ['doctor'], settings);
    expect(doctor.stdout).toContain('✓ signing: for harbour.example, proven with a sample');
  });
});
