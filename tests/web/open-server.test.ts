import { Hono } from 'hono';
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openServer, type WebServer } from '../../src/web/open-server.ts';
import { createPreviewApp } from '../../src/web/preview-app.ts';
import { openTestApp } from './open-test-app.ts';

const HERE = { host: '127.0.0.1', port: 0 };
const opened: WebServer[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function open(pages = new Hono(), address = HERE): Promise<WebServer> {
  const server = await openServer(pages, address);
  opened.push(server);
  return server;
}

describe('a web server', () => {
  test('on a busy port says which, and what to do', async () => {
    const { port } = await open();
    await expect(open(new Hono(), { ...HERE, port })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(new RegExp(`port ${port} .* --port N or PORT=N`)) as string,
    });
  });

  test('with port 0 takes a free one and says which', async () => {
    const [one, two] = [await open(), await open()];
    expect(one.port).toBeGreaterThan(0);
    expect(one.port).not.toBe(two.port);
    expect(one.url).toBe(`http://127.0.0.1:${one.port}`);
  });

  test('that closes lets the request in hand finish', async () => {
    const arrived = Promise.withResolvers<void>();
    const pages = new Hono().get('/', async (context) => {
      arrived.resolve();
      await new Promise((resolve) => setTimeout(resolve, 50));
      return context.text('done');
    });
    const server = await openServer(pages, HERE);
    const answer = fetch(server.url);
    await arrived.promise;
    await server.close();
    expect(await (await answer).text()).toBe('done');
    await expect(fetch(server.url)).rejects.toThrow();
  });

  test('refuses a foreign host name also on a real connection', async () => {
    const place = await openTestApp();
    const { port } = await open(createPreviewApp(place.app));
    const status = await askAs(port, 'evil.example');
    expect(status).toBe(403);
    await place.close();
  });
});

describe('live reload', () => {
  test('tells of a saved, an added and a replaced template, and ends with the server', async () => {
    const templates = mkdtempSync(join(tmpdir(), 'daybrief-templates-'));
    cpSync(new URL('../../templates', import.meta.url), templates, { recursive: true });
    const place = await openTestApp(`templates: ${templates}\n`);
    const server = await openServer(createPreviewApp(place.app), HERE);
    const events = readEvents(await fetch(`${server.url}/reload`));
    const page = await (await fetch(server.url)).text();
    const versions = [await events.next()];
    expect(page).toContain(`data-version="${versions[0]}"`);

    writeFileSync(join(templates, 'issue.subject'), 'Other');
    versions.push(await events.next());
    writeFileSync(join(templates, 'partials', 'new.hbs'), 'new');
    versions.push(await events.next());
    writeFileSync(join(templates, 'half.mjml'), '<mjml></mjml>');
    versions.push(await events.next());
    renameSync(join(templates, 'half.mjml'), join(templates, 'issue.mjml'));
    versions.push(await events.next());
    writeFileSync(join(templates, 'issue.mjml'), '<mjml> </mjml>');
    versions.push(await events.next());
    expect(new Set(versions).size).toBe(6);

    await server.close();
    expect(await events.next()).toBeNull();
    await place.close();
    rmSync(templates, { recursive: true });
  });

  test('shows a broken template with its file and line, and recovers when it is mended', async () => {
    const templates = mkdtempSync(join(tmpdir(), 'daybrief-templates-'));
    cpSync(new URL('../../templates', import.meta.url), templates, { recursive: true });
    const place = await openTestApp(`templates: ${templates}\n`);
    const ask = () =>
      createPreviewApp(place.app).request('/preview/sample/quiet-day', {
        headers: { host: 'localhost' },
      });
    expect(readdirSync(join(templates, 'partials'))).toContain('story.hbs');
    writeFileSync(join(templates, 'partials', 'story.hbs'), '<p>\n{{#if headline}}</p>');
    const broken = await ask();
    expect(broken.status).toBe(400);
    expect(await broken.text()).toMatch(/partials\/story\.hbs, line \d/);
    writeFileSync(join(templates, 'partials', 'story.hbs'), '<p>{{headline}}</p>');
    expect((await ask()).status).toBe(200);
    await place.close();
    rmSync(templates, { recursive: true });
  });
});

async function askAs(port: number, host: string): Promise<number | undefined> {
  const { request } = await import('node:http');
  return await new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });
}

/** The data of server-sent events, one at a time; null when the stream is over. */
function readEvents(response: Response): { next(): Promise<string | null> } {
  const chunks = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let read = '';
  return {
    async next() {
      while (!read.includes('\n\n')) {
        const { done, value } = await chunks.read().catch(() => ({ done: true, value: '' }));
        if (done) return null;
        read += value;
      }
      const end = read.indexOf('\n\n');
      const event = read.slice(0, end);
      read = read.slice(end + 2);
      return event.replace(/^data: /, '');
    },
  };
}
