import { measureDemo } from './measure-demo.ts';
import { measureMemory } from './measure-memory.ts';
import { measureMorning } from './measure-morning.ts';
import { measureReaders } from './measure-readers.ts';
import { measureStart } from './measure-start.ts';
import { printRows, type Row } from './print-rows.ts';

const BENCHES: Readonly<Record<string, () => readonly Row[] | Promise<readonly Row[]>>> = {
  start: measureStart,
  morning: measureMorning,
  readers: measureReaders,
  demo: measureDemo,
  memory: measureMemory,
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in BENCHES));

if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(', ')}. There are ${Object.keys(BENCHES).join(', ')}.`,
  );
  process.exitCode = 2;
} else {
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(BENCHES))
    if (names.length === 0 || names.includes(name)) rows.push(...(await measure()));
  printRows(rows);
}
