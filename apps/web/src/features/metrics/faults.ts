import type { FlowMetrics } from '@/lib/trpc.ts';
import type { Band, Span } from '@/ui/chart/types.ts';

type FaultSpan = FlowMetrics['faults'][number];

const words: Readonly<Record<FaultSpan['kind'], string>> = {
  reject: 'says no',
  'fail-before-commit': 'breaks before its commit',
  'fail-after-commit': 'loses its reply',
  delay: 'answers late',
  hang: 'never answers',
};

/** "payment.charge says no". */
export const faultWords = ({ step, direction, kind }: FaultSpan): string =>
  `${direction === 'compensation' ? 'the undo of ' : ''}${step} ${words[kind]}`;

/** Times during which faults struck; overlapping ones are one band that names the first and how many. */
export function bandsOf(faults: readonly FaultSpan[]): readonly Band[] {
  const bands: { key: string; spans: Span[]; fromMs: number; toMs: number }[] = [];
  for (const fault of faults) {
    const span = {
      word: faultWords(fault),
      fromMs: Date.parse(fault.from),
      toMs: Date.parse(fault.to),
    };
    const open = bands.at(-1);
    if (open && span.fromMs < open.toMs) {
      open.toMs = Math.max(open.toMs, span.toMs);
      open.spans.push(span);
    } else {
      bands.push({ key: fault.from, spans: [span], fromMs: span.fromMs, toMs: span.toMs });
    }
  }
  return bands.map((band) => ({ ...band, word: nameOf(band.spans) }));
}

function nameOf(spans: readonly Span[]): string {
  const [first = '', ...others] = new Set(spans.map(({ word }) => word));
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
