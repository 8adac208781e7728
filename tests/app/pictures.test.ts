import { expect, test } from 'vitest';
import { buildIssue } from '../../src/app/build-issue.ts';
import { previewMessage } from '../../src/app/preview-message.ts';
import { readMessage } from '../../src/domain/email.ts';
import { listIssueStories } from '../../src/domain/issue.ts';
import { DATE, fillSampleApp, openSampleApp } from './sample-app.ts';

const PICTURE = { url: 'https://harbour.example/cape.jpg', width: 1200, height: 800, alt: 'Cape' };

test('a newsletter without images prints none, and shows them again when it may', async () => {
  const { app } = await openSampleApp();
  const newsletter = await fillSampleApp(app);
  const articles = app.store.db.updateTable('articles').set({ image: JSON.stringify(PICTURE) });
  await articles.execute();
  for (const hasImages of [false, true]) {
    const { issue } = await buildIssue(app, { ...newsletter, hasImages }, DATE);
    const images = listIssueStories(issue.document).filter(({ image }) => image !== null);
    expect(images.length > 0).toBe(hasImages);
    const { html } = readMessage(await previewMessage(app, `morning/${DATE}`));
    expect(html.includes('<img')).toBe(hasImages);
  }
});
