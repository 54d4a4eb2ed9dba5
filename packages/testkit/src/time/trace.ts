/** What happened in a simulation, as a number that two equal runs share. */
export interface Trace {
  add(atMs: number, label: string): void;
  /** Events so far. */
  readonly length: number;
  /** Equal for equal sequences of events at equal times. */
  readonly hash: string;
  /** `milliseconds label`, oldest first; empty unless the simulation keeps them. */
  readonly lines: readonly string[];
}

/** FNV-1a over times and labels: cheap enough for every event of every run. */
export function createTrace(keepsLines: boolean): Trace {
  const lines: string[] = [];
  let length = 0;
  let hash = 0x811c9dc5;
  return {
    add(atMs, label) {
      const line = `${atMs.toFixed(3)} ${label}`;
      for (let index = 0; index < line.length; index += 1) {
        hash = Math.imul(hash ^ line.charCodeAt(index), 0x01000193) >>> 0;
      }
      length += 1;
      if (keepsLines) lines.push(line);
    },
    get length() {
      return length;
    },
    get hash() {
      return hash.toString(16).padStart(8, '0');
    },
    lines,
  };
}
