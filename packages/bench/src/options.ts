import type { Command, Values } from '../../../scripts/command-line/command.ts';
import { names, onOff, wholeNumber } from '../../../scripts/command-line/option.ts';
import { type ContenderName, contenderNames, own } from './contenders/index.ts';

export interface Options {
  readonly json: boolean;
  /** Only to see that everything works: the figures say little. */
  readonly quick: boolean;
  readonly only: readonly ContenderName[];
  /** Sagas per contender and round. */
  readonly count: number;
  /** Rounds, interleaved: A B C A B C … */
  readonly rounds: number;
  /** Sagas placed one after another for the idle latency. */
  readonly idle: number;
  /** Report what the tables of the bus have become. */
  readonly tables: boolean;
}

const options = {
  only: names('some of the engines', contenderNames),
  count: wholeNumber('orders of each engine in a round (2000; quick: 60)'),
  rounds: wholeNumber('rounds (3; quick: 1)'),
  tables: onOff('what the tables of the bus have become'),
  quick: onOff('in seconds, without other engines: shows that it works, the figures say little'),
  json: onOff('one object as the last line'),
};

export const command: Command<typeof options> = {
  name: 'pnpm bench',
  does: 'the same orders through a raw loop, every form of ours and other engines, side by side',
  options,
};

export function optionsFrom(values: Values<typeof options>): Options {
  const { json, quick, tables } = values;
  // The quick form shows that the bench works; it installs nothing.
  const usual = quick ? own : contenderNames;
  return {
    json,
    quick,
    tables,
    only: values.only ?? usual,
    count: values.count ?? (quick ? 60 : 2_000),
    rounds: values.rounds ?? (quick ? 1 : 3),
    idle: quick ? 5 : 200,
  };
}
