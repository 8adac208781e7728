import { addTime, MINUTE, SECOND, type Instant } from '../domain/instant.ts';
import { instantAt, isZone } from '../domain/local-time.ts';

/** What a clock on a wall shows. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Minutes east of UTC, or the IANA name of a zone. */
type ZoneReading = number | string;

/** Hours east of UTC of the zone names RFC 822 lists and those seen in feeds; a name of several zones means the one most feeds mean. */
const HOURS: Readonly<Record<string, number>> = {
  UT: 0,
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  EST: -5,
  EDT: -4,
  ET: -5,
  CST: -6,
  CDT: -5,
  CT: -6,
  MST: -7,
  MDT: -6,
  MT: -7,
  PST: -8,
  PDT: -7,
  PT: -8,
  AST: -4,
  AT: -4,
  ADT: -3,
  NST: -3.5,
  NDT: -2.5,
  AKST: -9,
  AKDT: -8,
  HST: -10,
  BRT: -3,
  ART: -3,
  CLT: -4,
  COT: -5,
  PET: -5,
  VET: -4,
  UYT: -3,
  BST: 1,
  IST: 5.5,
  WEST: 1,
  WAT: 1,
  CET: 1,
  MET: 1,
  MEZ: 1,
  CEST: 2,
  MEST: 2,
  MESZ: 2,
  CAT: 2,
  EET: 2,
  SAST: 2,
  EEST: 3,
  EAT: 3,
  TRT: 3,
  MSK: 3,
  MSD: 4,
  GST: 4,
  PKT: 5,
  NPT: 5.75,
  BDT: 6,
  WIB: 7,
  ICT: 7,
  SGT: 8,
  WITA: 8,
  PHT: 8,
  HKT: 8,
  AWST: 8,
  JST: 9,
  KST: 9,
  ACST: 9.5,
  ACDT: 10.5,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
};

/** The zone named in what follows the time of a date; 0, that is UTC, when none is; null for an offset that is no number. */
export function parseZone(text: string): ZoneReading | null {
  const offset = /(?:^|[^\d])([+-])\s?(\d{1,2})(?::?(\d{2}))?(?![\d:])/.exec(text);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return offset[1] === '-' ? -minutes : minutes;
  }
  if (/(?:^|\s)[+-]\w/.test(text)) return null;
  const region = /[A-Za-z_]+\/[A-Za-z_/+-]+/.exec(text)?.[0];
  if (region && isZone(region)) return region;
  const names = text.toUpperCase().match(/[A-Z]+/g) ?? [];
  const hours = names.map((name) => HOURS[name]).find((found) => found !== undefined);
  return (hours ?? 0) * 60;
}

/** The instant at which a clock in `zone` shows `wall`; null when there is no such day or time. 24:00 ends a day and a leap second counts as :59. */
export function toInstant(wall: WallTime, zone: ZoneReading): Instant | null {
  const { year, month, day, hour, minute } = wall;
  const second = Math.min(wall.second, 59);
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  const isDay = year >= 1000 && year <= 9998 && date.getUTCMonth() === month - 1 && day > 0;
  const isTime = hour < 24 || (hour === 24 && minute === 0 && second === 0);
  if (!isDay || !isTime || minute > 59 || wall.second > 60) return null;
  const moment = new Date(midnight + (hour * 60 + minute) * MINUTE + second * SECOND).toISOString();
  if (typeof zone === 'number') return addTime(moment, -zone * MINUTE);
  const start = instantAt(zone, moment.slice(0, 10), moment.slice(11, 16));
  return start && addTime(start, second * SECOND);
}
