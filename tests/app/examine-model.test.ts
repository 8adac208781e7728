import { expect, test } from 'vitest';
import { examineModel } from '../../src/app/examine-model.ts';
import { openModelServer, say, sendJson, type ModelAct } from '../model/model-server.ts';
import { openSampleApp } from './sample-app.ts';

async function examine(act: ModelAct, settings: Readonly<Record<string, string>> = {}) {
  const { url } = await openModelServer(act);
  const model = {
    'model.url': url,
    'model.may': 'headlines',
    'model.writer': 'scribe',
    'model.key': 'key-of-ada',
  };
  const { app } = await openSampleApp({ settings: { ...model, ...settings } });
  return await examineModel(app);
}

const ready: ModelAct = (response) => say(response, { ready: 'yes' });

test('a model that answers is said to, by its name', async () => {
  const findings = await examine(ready);
  expect(findings.map(({ level }) => level)).toEqual(['ok']);
  expect(findings.map(({ message }) => message.split(' ')[0])).toEqual(['scribe']);
});

test('the model that writes and the one that makes embeddings are both asked', async () => {
  const findings = await examine(
    (response, request, number) =>
      request.path.endsWith('/embeddings')
        ? sendJson(response, { data: [{ index: 0, embedding: [0.5, 0.5] }] })
        : ready(response, request, number),
    { 'model.may': 'headlines, embeddings', 'model.embedder': 'surveyor' },
  );
  expect(findings.map(({ level }) => level)).toEqual(['ok', 'ok']);
  expect(findings.map(({ message }) => message.split(' ')[0])).toEqual(['scribe', 'surveyor']);
});

test('a model that refuses the key is a warning that says what then happens, and not the key', async () => {
  const findings = await examine((response) => void response.writeHead(401).end());
  expect(findings[0]).toMatchObject({ level: 'warning', check: 'model' });
  expect(findings[0]?.message).toMatch(
    /scribe at 127\.0\.0\.1:\d+: status 401\. Issues are built without it/,
  );
  expect(JSON.stringify(findings)).not.toContain('key-of-ada');
});

test('a model that stalls is given up within seconds', async () => {
  const start = performance.now();
  const [finding] = await examine(() => {}, { 'model.may': 'why' });
  expect(finding?.level).toBe('warning');
  expect(performance.now() - start, 'five seconds and a slow machine').toBeLessThan(15_000);
});

test('a model that may do nothing is pointed out, and not asked', async () => {
  const [finding] = await examine(
    () => {
      throw new Error('asked');
    },
    { 'model.may': '' },
  );
  expect(finding?.message).toContain('it may do nothing');
});

test('without a model there is nothing to say', async () => {
  const { app } = await openSampleApp();
  expect(await examineModel(app)).toEqual([]);
});
