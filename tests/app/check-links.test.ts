import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { examineIssue } from '../../src/app/examine-issue.ts';
import { findNamedIssue } from '../../src/app/choose-newsletter.ts';
import { ISSUE, openTestApp, saveTestIssue } from '../web/open-test-app.ts';

test('links are asked for with a HEAD, and only what is gone or private is complained of', async () => {
  const asked: string[] = [];
  const answers: Readonly<Record<string, number>> = { '/gone': 410, '/none': 404, '/shy': 405 };
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(answers[request.url ?? ''] ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const opened = await openTestApp(`fetch_allow: "${place}"\n`);
  onTestFinished(() => opened.close());
  const { app } = opened;
  const paths = ['/here', '/gone', '/none', '/shy'];
  const pages = paths.map((path) => `http://${place}${path}`);
  const urls = [...pages, 'http://127.0.0.1:1/private'];
  const source = { outlet: 'The Harbour', title: 'A ferry' };
  await saveTestIssue(app, { sources: urls.map((url) => ({ ...source, url })) });
  const named = await findNamedIssue(app, ISSUE);
  const others = { ...named.issue.document, sections: [], inBrief: [] };
  const issue = { ...named.issue, document: others };
  const look = { hasLinks: true, clients: [] };
  const findings = await examineIssue(app, { ...named, issue }, look);
  const found = findings.find(({ check }) => check === 'dead links');
  expect(found?.level).toBe('warning');
  expect(found?.message).toMatch(/^3 of 5 links/);
  for (const word of ['/gone', '/none', '/private']) expect(found?.message).toContain(word);
  expect(asked.sort()).toEqual(paths.map((path) => `HEAD ${path}`).sort());
  expect(findings.map(({ check }) => check)).toContain('plain links');
});
