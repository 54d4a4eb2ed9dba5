/** What the user sees: one line for each step, and nothing of what the children say. */
export interface Terminal {
  heading(text: string): void;
  /** Shows a step while it runs, and how long it took. */
  step<T>(
    label: string,
    detail: string,
    work: Promise<T>,
    after?: (value: T) => string,
  ): Promise<T>;
  note(text: string): void;
  warn(text: string): void;
  ready(url: string, hint: string): void;
}

const labelWidth = 11;
/** Quick steps on a terminal that keeps every line are not announced, only reported. */
const announceAfterMs = 1_000;

export function createTerminal({
  out = process.stdout,
  isShared = false,
}: {
  readonly out?: NodeJS.WriteStream;
  /** Steps run beside each other: no line is drawn over. */
  readonly isShared?: boolean;
} = {}): Terminal {
  const live = out.isTTY && !process.env.CI && !isShared;
  const colored = out.isTTY && !process.env.CI && !process.env.NO_COLOR;
  const paint = (code: number, text: string) =>
    colored ? `\u001B[${code}m${text}\u001B[0m` : text;
  const dim = (text: string) => paint(2, text);
  const print = (text: string) => out.write(`${text}\n`);
  const line = (mark: string, label: string, detail: string, time = '') =>
    `  ${mark} ${label.padEnd(labelWidth)} ${detail}${time ? `  ${dim(time)}` : ''}`;

  return {
    heading: (text) => print(`\n  ${paint(1, text)}\n`),
    note: (text) => print(`  ${dim(text)}`),
    warn: (text) => print(`  ${paint(33, '!')} ${text}`),
    ready: (url, hint) => print(`\n  ${paint(1, url)}\n\n  ${dim(hint)}\n`),
    step: async (label, detail, work, after) => {
      const startedAt = performance.now();
      const announcement = line(dim('·'), label, dim(`${detail} …`));
      if (live) out.write(announcement);
      const timer = live ? undefined : setTimeout(() => print(announcement), announceAfterMs);
      const finish = (mark: string, text: string) => {
        clearTimeout(timer);
        if (live) out.write('\r\u001B[2K');
        const seconds = (performance.now() - startedAt) / 1000;
        print(line(mark, label, text, `${seconds.toFixed(1)} s`));
      };
      try {
        const value = await work;
        finish(paint(32, '✓'), after?.(value) ?? detail);
        return value;
      } catch (error) {
        finish(paint(31, '✗'), detail);
        throw error;
      }
    },
  };
}
