export const timesModes = ['utc', 'local', 'ago'] as const;
export type TimesMode = (typeof timesModes)[number];

export const timesCookie = 'cs-times';

export function toTimesMode(text: string | undefined): TimesMode {
  return timesModes.find((mode) => mode === text) ?? 'utc';
}
