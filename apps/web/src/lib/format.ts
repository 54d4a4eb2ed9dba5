const noBreakSpace = '\u00a0';

/** 48 213: thousands apart, never broken over a line. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, noBreakSpace);
}

/** Minor units to €197.00. */
export function money(minor: number): string {
  const sign = minor < 0 ? '\u2212' : '';
  const whole = Math.floor(Math.abs(minor) / 100);
  return `${sign}€${count(whole)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
}

export function plural(value: number, word: string, words = `${word}s`): string {
  return `${count(value)} ${value === 1 ? word : words}`;
}

/** Ids share their head, so the tail tells them apart. */
export const tail = (id: string) => id.slice(-7);
