import type { Command, Values } from '../../../../scripts/command-line/command.ts';
import { names, onOff, text, wholeNumber } from '../../../../scripts/command-line/option.ts';
import { scenarios } from './index.ts';
import { full, quick, type Size } from './size.ts';

export interface Options {
  readonly json: boolean;
  /** Names of scenarios; undefined: all that this machine can run. */
  readonly only: readonly string[] | undefined;
  readonly size: Size;
  /** File for the counts of scenarios that passed and failed. */
  readonly report: string | undefined;
}

const usual = (of: keyof Size) => `(${full[of]}; quick: ${Number(quick[of].toFixed(2))})`;

const options = {
  only: names(
    'some of the conditions',
    scenarios.map(({ name }) => name),
  ),
  count: wholeNumber(`orders of each launch ${usual('count')}`),
  rounds: wholeNumber(`rounds ${usual('rounds')}`),
  finished: wholeNumber(`sagas that have ended, for finished ${usual('finished')}`),
  waiting: wholeNumber(`sagas that wait, for waiting ${usual('waiting')}`),
  minutes: wholeNumber(`minutes of load, for memory ${usual('loadMinutes')}`),
  quick: onOff('shows that each of them works, the figures say little'),
  json: onOff('one object as the last line'),
  report: text('FILE', 'gets the counts of conditions that passed and failed'),
};

export const command: Command<typeof options> = {
  name: 'pnpm bench:scenarios',
  does: 'one condition at a time, each beside the happy path of the same rounds',
  options,
};

export function optionsFrom(values: Values<typeof options>): Options {
  const { json, only, report } = values;
  const size = values.quick ? quick : full;
  return {
    json,
    only,
    report,
    size: {
      ...size,
      count: values.count ?? size.count,
      rounds: values.rounds ?? size.rounds,
      finished: values.finished ?? size.finished,
      waiting: values.waiting ?? size.waiting,
      loadMinutes: values.minutes ?? size.loadMinutes,
    },
  };
}
