const two = (value: number) => String(value).padStart(2, '0');
const three = (value: number) => String(value).padStart(3, '0');

/** 14:32:07.118, in UTC or in the reader's own zone. */
export function clock(at: string, zone: 'utc' | 'local', withMillis = true): string {
  const d = new Date(at);
  const parts =
    zone === 'utc'
      ? [d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds()]
      : [d.getHours(), d.getMinutes(), d.getSeconds(), d.getMilliseconds()];
  const [hours = 0, minutes = 0, seconds = 0, millis = 0] = parts;
  const time = `${two(hours)}:${two(minutes)}:${two(seconds)}`;
  return withMillis ? `${time}.${three(millis)}` : time;
}

/** When something is due: 18:40, or 18:40:12; of another day, with its date. */
export function dueAt(
  at: string,
  zone: 'utc' | 'local',
  { now, withSeconds }: { readonly now: number; readonly withSeconds: boolean },
): string {
  const time = clock(at, zone, false).slice(0, withSeconds ? 8 : 5);
  const [day, today] = [dayOf(Date.parse(at), zone, now), dayOf(now, zone)];
  return day === today ? time : `${day} ${time}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 25 Nov; of another year, 25 Nov 2027. */
function dayOf(ms: number, zone: 'utc' | 'local', now = ms): string {
  const [day, month, year] = partsOf(ms, zone);
  const [, , thisYear] = partsOf(now, zone);
  return `${day} ${months[month] ?? ''}${year === thisYear ? '' : ` ${year}`}`;
}

function partsOf(ms: number, zone: 'utc' | 'local'): readonly [number, number, number] {
  const d = new Date(ms);
  return zone === 'utc'
    ? [d.getUTCDate(), d.getUTCMonth(), d.getUTCFullYear()]
    : [d.getDate(), d.getMonth(), d.getFullYear()];
}

/** 61 ms, 1.36 s, 14 m 22 s, 3 h 05 m. */
export function duration(ms: number): string {
  const value = Math.max(0, ms);
  if (value < 1_000) return `${Math.round(value)} ms`;
  if (value < 10_000) return `${(value / 1_000).toFixed(2)} s`;
  if (value < 60_000) return `${(value / 1_000).toFixed(1)} s`;
  const seconds = Math.floor(value / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  const hours = Math.floor(seconds / 3_600);
  if (hours < 48) return `${hours} h ${two(Math.floor((seconds % 3_600) / 60))} m`;
  return `${Math.floor(hours / 24)} d ${two(hours % 24)} h`;
}

/** Whole tenths of a second, for what counts down. */
export function tenths(ms: number): string {
  if (ms >= 60_000) return duration(ms);
  return `${(Math.max(0, ms) / 1_000).toFixed(1)} s`;
}

export function millisBetween(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
