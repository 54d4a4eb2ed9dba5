import { UsageError } from '../stack/usage-error.ts';

export interface Option<T> {
  readonly means: string;
  /** What stands behind it; a switch takes nothing. */
  readonly takes?: string;
  /** @throws a `UsageError` that says what it takes */
  read(name: string, given: string): T;
  /** What it is when it is not given. */
  readonly otherwise: T;
}

export function onOff(means: string): Option<boolean> {
  return { means, read: () => true, otherwise: false };
}

export function text(takes: string, means: string): Option<string | undefined> {
  const read = (name: string, given: string) => {
    if (given !== '') return given;
    throw new UsageError(`--${name} takes a ${takes.toLowerCase()}.`);
  };
  return { means, takes, read, otherwise: undefined };
}

const most = 10_000_000;

export function wholeNumber(
  means: string,
  { from = 1, to = most }: { readonly from?: number; readonly to?: number } = {},
): Option<number | undefined> {
  const read = (name: string, given: string) => {
    const number = Number(given);
    const isOne = given.trim() !== '' && Number.isInteger(number) && number >= from && number <= to;
    if (isOne) return number;
    throw new UsageError(`--${name} takes a whole number from ${from} to ${to}, not "${given}".`);
  };
  return { means, takes: 'N', read, otherwise: undefined };
}

/** Some of the known names, with commas between. */
export function names<Name extends string>(
  means: string,
  known: readonly Name[],
): Option<readonly Name[] | undefined> {
  const one = (option: string, part: string) => {
    const name = known.find((each) => each === part);
    if (name !== undefined) return name;
    throw new UsageError(`--${option} takes ${known.join(', ')}, not "${part}".`);
  };
  const read = (option: string, given: string) => {
    return given.split(',').map((part) => one(option, part.trim()));
  };
  const choices = `${means}, with commas between: ${known.join(', ')}`;
  return { means: choices, takes: 'NAMES', read, otherwise: undefined };
}
