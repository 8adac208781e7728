import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;

export default defineConfig({
  root,
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: '100%',
    env: { TZ: 'Pacific/Chatham', NODE_COMPILE_CACHE: `${root}node_modules/.cache/node` },
  },
});
