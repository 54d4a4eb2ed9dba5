/** A place in a run: the nth time that something of this label is committed. */
export interface Boundary {
  readonly label: string;
  readonly nth: number;
}

export const modes = ['before', 'committed', 'acknowledged'] as const;
type Mode = (typeof modes)[number];

/** Where a worker process is to die. */
export interface Point extends Boundary {
  readonly mode: Mode;
}

const variable = 'COUNTERSTEP_CRASH_POINT';

export const nameOfPoint = ({ label, nth, mode }: Point): string => `${label} #${nth}, ${mode}`;

/** How a point, or none, is told to a child process. */
export const environmentOf = (point: Point | undefined): Record<string, string> =>
  point ? { [variable]: JSON.stringify(point) } : {};

export function pointFrom(env: NodeJS.ProcessEnv): Point | undefined {
  const text = env[variable];
  return text ? (JSON.parse(text) as Point) : undefined;
}
