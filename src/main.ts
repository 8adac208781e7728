#!/usr/bin/env node
const OLDEST_NODE = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major < OLDEST_NODE) {
  process.stderr.write(
    `daybrief: This is Node ${process.versions.node}, and daybrief needs Node ${OLDEST_NODE} or newer. ` +
      'In a checkout "npm ci" brings it along: use "npm start" or "npx daybrief" there; elsewhere install Node 24.\n',
  );
  process.exitCode = 1;
} else {
  // Imported only now: an older Node could not even read the rest.
  const { runCli } = await import('./cli/run-cli.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}
