/** Maps moments of one saga to per cent of the track's width. */
export interface Scale {
  readonly startMs: number;
  readonly rangeMs: number;
  readonly stepMs: number;
}

const ticksAimedAt = 8;
const headroom = 1.04;

export function scaleFor(startMs: number, endMs: number): Scale {
  const rangeMs = Math.max(20, (endMs - startMs) * headroom);
  const stepMs = niceStep(rangeMs / ticksAimedAt);
  return { startMs, rangeMs: Math.ceil(rangeMs / stepMs) * stepMs, stepMs };
}

/** Minutes and hours are no powers of ten. */
const longSteps = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1_440];
const minuteMs = 60_000;

/** 1, 2 or 5 times a power of ten, or of half a minute on as clocks count: the axis reads in round numbers. */
function niceStep(roughMs: number): number {
  if (roughMs > 20_000) {
    const minutes = longSteps.find((candidate) => candidate * minuteMs >= roughMs);
    if (minutes !== undefined) return minutes * minuteMs;
  }
  const power = 10 ** Math.floor(Math.log10(roughMs));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= roughMs) ?? 10;
  return factor * power;
}

export function percent({ startMs, rangeMs }: Scale, at: string | number): number {
  const ms = (typeof at === 'number' ? at : Date.parse(at)) - startMs;
  return Math.min(100, Math.max(0, (ms / rangeMs) * 100));
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export function ticksOf({ rangeMs, stepMs }: Scale): readonly Tick[] {
  const count = Math.round(rangeMs / stepMs);
  const unit = unitOf(rangeMs, stepMs);
  return Array.from({ length: count + 1 }, (_, index) => {
    const value = Number(((index * stepMs) / unit.ms).toFixed(3));
    return {
      at: (index / count) * 100,
      label: index === count ? `${value} ${unit.word}` : String(value),
    };
  });
}

function unitOf(rangeMs: number, stepMs: number): { ms: number; word: string } {
  if (rangeMs < 1_000) return { ms: 1, word: 'ms' };
  if (stepMs < minuteMs / 2) return { ms: 1_000, word: 's' };
  return stepMs < 60 * minuteMs ? { ms: minuteMs, word: 'min' } : { ms: 60 * minuteMs, word: 'h' };
}
