import { parseArgs } from 'node:util';
import { namesIn, typed, wholeNumber } from '../command-line.ts';
import { full, quick, type Size } from './size.ts';

export interface Options {
  readonly json: boolean;
  /** Names of scenarios; undefined: all that this machine can run. */
  readonly only: readonly string[] | undefined;
  readonly size: Size;
  /** File for the counts of scenarios that passed and failed. */
  readonly report: string | undefined;
}

/** Reads the command line; says what is wrong with it. */
export function readOptions(args: readonly string[], names: readonly string[]): Options {
  const { values } = parseArgs({
    args: typed(args),
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      count: { type: 'string' },
      rounds: { type: 'string' },
      finished: { type: 'string' },
      waiting: { type: 'string' },
      minutes: { type: 'string' },
      report: { type: 'string' },
    },
  });
  const size = values.quick ? quick : full;
  return {
    json: values.json,
    only: values.only === undefined ? undefined : namesIn(values.only, names),
    report: values.report,
    size: {
      ...size,
      count: wholeNumber('count', values.count, size.count),
      rounds: wholeNumber('rounds', values.rounds, size.rounds),
      finished: wholeNumber('finished', values.finished, size.finished),
      waiting: wholeNumber('waiting', values.waiting, size.waiting),
      loadMinutes: wholeNumber('minutes', values.minutes, size.loadMinutes),
    },
  };
}
