import { memberOf, textOf } from '@/features/saga-detail/event-data.ts';
import type { Pair, Side } from './side.ts';
import { nameOf } from './words.ts';

/** A fault that struck a saga, as its log tells it. */
export interface FaultMet {
  readonly step: string;
  readonly word: string;
}

const words: Readonly<Record<string, string>> = {
  INJECTED_LOST_REPLY: 'loses a reply after its commit',
  INJECTED_REJECTION: 'says no',
  INJECTED_FAILURE: 'breaks before its commit',
  INJECTED_HANG: 'never answers',
};

/** Each once, in the order in which they struck. Delays leave no trace in a log. */
function faultsMet({ events }: Pick<Side, 'events'>): readonly FaultMet[] {
  const met = events.flatMap(({ step, type, data }) => {
    const word = words[textOf(memberOf(data, 'error'), 'code')];
    return word === undefined || step === undefined || type === 'CompensationStarted'
      ? []
      : [{ step, word }];
  });
  return met.filter(
    ({ step, word }, index) =>
      met.findIndex((other) => other.step === step && other.word === word) === index,
  );
}

/** What leads up to the first fault that struck either, and the fault itself; undefined without one. */
export function faultPhrase(
  pair: Pair,
): { readonly lead: string; readonly fault: FaultMet } | undefined {
  const [left, right] = pair;
  const [ofLeft] = faultsMet(left);
  const [ofRight] = faultsMet(right);
  const fault = ofLeft ?? ofRight;
  if (!fault) return undefined;
  if (!ofLeft || !ofRight) {
    return { lead: `with a fault in ${nameOf(ofLeft ? left : right)} alone`, fault };
  }
  const isSame = ofLeft.step === ofRight.step && ofLeft.word === ofRight.word;
  return { lead: isSame ? 'with the same fault' : 'each with a fault of its own, first', fault };
}
