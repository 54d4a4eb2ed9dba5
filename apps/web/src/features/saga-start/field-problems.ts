/** One thing to change, and where. */
export interface Problem {
  /** Path inside the input, `nights` for instance; empty for the input as a whole. */
  readonly field: string;
  readonly message: string;
}

interface Failed {
  readonly message: string;
  readonly data?: unknown;
}

/** A clause may have a semicolon of its own. */
const clauseEnd = /; (?=input(?:\.\S+)?: )/;

/** Fields and what is wrong with them, from the server's sentence; none for failures of another kind. */
export function problemsOf({ message, data }: Failed): readonly Problem[] {
  if (!isBadInput(data)) return [];
  return message
    .split(clauseEnd)
    .map((clause) => /^input(?:\.(\S+))?: (.+)$/s.exec(clause))
    .flatMap((match) => (match ? [{ field: match[1] ?? '', message: match[2] ?? '' }] : []));
}

function isBadInput(data: unknown): boolean {
  return (
    typeof data === 'object' && data !== null && 'reason' in data && data.reason === 'BAD_INPUT'
  );
}
