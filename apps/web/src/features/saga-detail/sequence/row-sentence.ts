import type { Lane } from './lanes.ts';
import type { RowKind, SequenceRow } from './row.ts';

/** One row in words, for those who do not see the drawing. */
export function rowSentence(row: SequenceRow, lanes: readonly Lane[], time: string): string {
  const { label, note, look } = row;
  const said = [`${label}: ${what[row.kind] ?? look.word}`, whereOf(row, lanes), note];
  return `${time} s, ${said.filter(Boolean).join(', ')}`;
}

const what: Readonly<Partial<Record<RowKind, string>>> = {
  message: 'sent',
  reply: 'answered',
  lost: 'the reply was lost',
  duplicate: 'a duplicate, stopped at the inbox',
  effect: 'effect committed',
};

/** From Payment to Shipment; at Payment. */
export function whereOf({ from, to }: SequenceRow, lanes: readonly Lane[]): string {
  const name = (key: string) => lanes.find((lane) => lane.key === key)?.name ?? key;
  return to === undefined ? `at ${name(from)}` : `from ${name(from)} to ${name(to)}`;
}
