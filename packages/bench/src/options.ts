import { parseArgs } from 'node:util';
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
    args: args.filter((arg) => arg !== '--'),
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
  const names = values.only?.split(',') ?? (values.quick ? own : contenderNames);
  const only = names.map((name) => {
    const known = contenderNames.find((contender) => contender === name.trim());
    if (!known) throw new Error(`--only knows ${contenderNames.join(', ')}, not "${name}".`);
    return known;
  });
  return {
    json: values.json,
    quick: values.quick,
    only,
    count: wholeNumber('count', values.count, values.quick ? 60 : 2_000),
    rounds: wholeNumber('rounds', values.rounds, values.quick ? 1 : 3),
    idle: values.quick ? 5 : 200,
    tables: values.tables,
  };
}

function wholeNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 1_000_000) {
    throw new Error(`--${name} takes a whole number from 1 to 1000000, not "${text}".`);
  }
  return number;
}
