import { DAY, HOUR, MINUTE } from '../../src/domain/instant.ts';
import { addDays, instantAt } from '../../src/domain/local-time.ts';

// npm run bench:zones: every zone this Node knows, every day of three years, at times around which clocks are changed:
// does a send time become the instant the platform's own calendar means?
const FIRST = '2026-01-01';
const DAYS = 1_096;
const TIMES = ['00:00', '00:30', '01:30', '02:00', '02:30', '03:00', '07:00', '23:30'];

/** From `from` on (milliseconds) clocks are `offset` ahead of UTC. */
interface Rule {
  readonly from: number;
  readonly offset: number;
}

const begun = performance.now();
const zones = Intl.supportedValuesOf('timeZone');
const wrong: string[] = [];
let checked = 0;
let changes = 0;
for (const zone of zones) {
  const rules = listRules(zone);
  changes += rules.length - 1;
  for (let day = 0; day < DAYS; day += 1) {
    const date = addDays(FIRST, day);
    for (const time of TIMES) {
      checked += 1;
      const right = chooseInstant(rules, Date.parse(`${date}T${time}:00Z`));
      const ours = instantAt(zone, date, time);
      if (ours === null || Date.parse(ours) !== right)
        wrong.push(`${zone} ${date} ${time}: ${ours}, not ${new Date(right).toISOString()}`);
    }
  }
}
wrong.slice(0, 20).forEach((line) => console.log(line));
console.log(
  `${zones.length} zones, ${changes} changes of the clock, ${checked.toLocaleString('en')} send times: ${wrong.length} wrong ` +
    `(zone data ${process.versions['tz']}, ${((performance.now() - begun) / 1_000).toFixed(0)} s)`,
);
process.exitCode = wrong.length > 0 ? 1 : 0;

/** The first instant at which the clock shows `wall`; inside a gap, the one later by the gap: that is by the rule before it. */
function chooseInstant(rules: readonly Rule[], wall: number): number {
  const isIn = (place: number, moment: number): boolean =>
    moment >= rules[place]!.from && moment < (rules[place + 1]?.from ?? Infinity);
  const place = rules.findIndex(({ offset }, at) => isIn(at, wall - offset));
  if (place >= 0) return wall - rules[place]!.offset;
  const after = rules.findIndex(({ from, offset }) => wall - offset < from);
  return wall - rules[after - 1]!.offset;
}

/** The zone's rules over the years in question, asked of Intl day by day and then to the minute. */
function listRules(zone: string): readonly Rule[] {
  const options = { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' } as const;
  const calendar = new Intl.DateTimeFormat('sv-SE', options);
  const offsetAt = (moment: number): number =>
    Date.parse(`${calendar.format(moment).replace(' ', 'T')}Z`) - moment;
  const start = Date.parse(FIRST) - 2 * DAY;
  const rules: Rule[] = [{ from: -Infinity, offset: offsetAt(start) }];
  for (let moment = start; moment < start + (DAYS + 4) * DAY; moment += 6 * HOUR) {
    if (offsetAt(moment + 6 * HOUR) === rules.at(-1)!.offset) continue;
    let [before, after] = [moment, moment + 6 * HOUR];
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
      if (offsetAt(middle) === rules.at(-1)!.offset) before = middle;
      else after = middle;
    }
    rules.push({ from: after, offset: offsetAt(after) });
  }
  return rules;
}
