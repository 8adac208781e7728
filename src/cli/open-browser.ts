import { spawn } from 'node:child_process';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'open',
  win32: 'explorer',
};

/** Shows a page in the person's browser where there is one to be seen; everywhere else the printed address is enough. */
export function openBrowser(url: string): void {
  if (!process.stderr.isTTY) return;
  const opener = OPENERS[process.platform] ?? 'xdg-open';
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
