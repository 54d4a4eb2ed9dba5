import type { FlowMetrics } from '@/lib/trpc.ts';
import type { Band } from '@/ui/chart/types.ts';

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
export function bandsOf(spans: readonly FaultSpan[]): readonly Band[] {
  const bands: { key: string; faults: string[]; fromMs: number; toMs: number }[] = [];
  for (const span of spans) {
    const [fromMs, toMs] = [Date.parse(span.from), Date.parse(span.to)];
    const open = bands.at(-1);
    if (open && fromMs < open.toMs) {
      open.toMs = Math.max(open.toMs, toMs);
      if (!open.faults.includes(faultWords(span))) open.faults.push(faultWords(span));
    } else {
      bands.push({ key: span.from, faults: [faultWords(span)], fromMs, toMs });
    }
  }
  return bands.map(({ faults: [first = '', ...others], ...band }) => ({
    ...band,
    word: others.length === 0 ? first : `${first} and ${others.length} more`,
  }));
}
