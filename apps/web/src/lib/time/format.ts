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
