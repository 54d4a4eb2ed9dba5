/** One line of the table: what is promised, and what was seen. */
export interface Line {
  readonly what: string;
  readonly measured: number;
  /** Undefined: told for its own sake. */
  readonly max?: number;
  readonly unit: string;
  readonly digits?: number;
}

export function printReport(lines: readonly Line[]): void {
  const width = Math.max(...lines.map(({ what }) => what.length));
  console.log(`\n${'what'.padEnd(width)}  ${'measured'.padStart(12)}  ${'budget'.padStart(12)}`);
  for (const { what, measured, max, unit, digits = 0 } of lines) {
    const say = (value: number) => `${value.toFixed(digits)} ${unit}`.trim();
    const budget = max === undefined ? '' : `≤ ${say(max)}`;
    const isOver = max !== undefined && !(measured <= max);
    console.log(
      `${what.padEnd(width)}  ${say(measured).padStart(12)}  ${budget.padStart(12)}${isOver ? '  over' : ''}`,
    );
  }
}
