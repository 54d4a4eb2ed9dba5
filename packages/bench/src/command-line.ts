/** What was typed; a package manager may hand on its own double dash. */
export const typed = (args: readonly string[]): string[] => args.filter((arg) => arg !== '--');

/**
 * Names of a comma-separated list, each one of those that are known.
 *
 * @throws when one of them is not, with those that are
 */
export function namesIn<Name extends string>(text: string, known: readonly Name[]): Name[] {
  return text.split(',').map((part) => {
    const name = known.find((one) => one === part.trim());
    if (name === undefined) {
      throw new Error(`--only knows ${known.join(', ')}, not "${part.trim()}".`);
    }
    return name;
  });
}

const most = 10_000_000;

/** @throws when an option that was given is no whole number, or is out of bounds */
export function wholeNumber(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new Error(`--${option} takes a whole number from 1 to ${most}, not "${text}".`);
}
