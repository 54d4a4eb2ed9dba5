import { parseArgs } from 'node:util';
import { namesIn, typed, wholeNumber } from './command-line.ts';
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

/** Reads the command line; says what is wrong with it. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: typed(args),
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      count: { type: 'string' },
      rounds: { type: 'string' },
      tables: { type: 'boolean', default: false },
    },
  });
  // The quick form shows that the bench works; it installs nothing.
  const usual = values.quick ? own : contenderNames;
  return {
    json: values.json,
    quick: values.quick,
    only: values.only === undefined ? usual : namesIn(values.only, contenderNames),
    count: wholeNumber('count', values.count, values.quick ? 60 : 2_000),
    rounds: wholeNumber('rounds', values.rounds, values.quick ? 1 : 3),
    idle: values.quick ? 5 : 200,
    tables: values.tables,
  };
}
