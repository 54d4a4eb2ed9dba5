import { parseArgs } from 'node:util';
import { UsageError } from '../stack/usage-error.ts';
import type { Option } from './option.ts';

export type Options = Readonly<Record<string, Option<unknown>>>;

export interface Command<O extends Options> {
  /** As it is typed. */
  readonly name: string;
  readonly does: string;
  readonly options: O;
}

export type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

/** What was typed; for `--help`, and for what makes no sense, the process ends with what would. */
export function readCommandLine<O extends Options>(command: Command<O>): Values<O> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(helpOf(command));
    process.exit(0);
  }
  try {
    return readArguments(command.options, args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${helpOf(command)}`);
    process.exit(2);
  }
}

/** @throws a `UsageError` that says in one sentence what is wrong */
export function readArguments<O extends Options>(options: O, args: readonly string[]): Values<O> {
  const { tokens } = parseArgs({
    // A package manager may hand on its own double dash.
    args: args.filter((argument) => argument !== '--'),
    options: Object.fromEntries(
      Object.entries(options).map(([name, { takes }]) => [
        name,
        { type: takes ? ('string' as const) : ('boolean' as const) },
      ]),
    ),
    // What is wrong is said below, in the words of the product.
    strict: false,
    tokens: true,
  });
  const values = new Map(Object.entries(options).map(([name, option]) => [name, option.otherwise]));
  for (const token of tokens) {
    if (token.kind !== 'option')
      throw new UsageError(`It takes options only, not "${wordOf(token)}".`);
    const { name, rawName, value } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) throw new UsageError(`There is no option ${rawName}.`);
    if (!option.takes && value !== undefined) throw new UsageError(`${rawName} takes nothing.`);
    if (option.takes && value === undefined)
      throw new UsageError(`${rawName} takes ${option.takes}.`);
    values.set(name, option.read(name, value ?? ''));
  }
  return Object.fromEntries(values) as Values<O>;
}

function wordOf(token: { readonly kind: string; readonly value?: string }): string {
  return token.value ?? '';
}

/** What the command does, and every option with its meaning. */
export function helpOf({ name, does, options }: Command<Options>): string {
  const rows = Object.entries({ ...options, help: { means: 'this', takes: '' } }).map(
    ([option, { takes, means }]) => [`--${option}${takes ? ` ${takes}` : ''}`, means] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length));
  const lines = rows.map(([left, means]) => `  ${left.padEnd(width)}  ${means}`);
  return [`${name}: ${does}`, '', ...lines].join('\n');
}
