import type { Kind } from './operations.ts';

/** Request, commit, reply on one line, with the break where it happens; the words stand beside it. */
export function BreakGlyph({ kind }: { kind: Kind }) {
  return (
    <svg className="gly" width="60" height="18" viewBox="0 0 60 18" aria-hidden="true">
      {shapes[kind]}
    </svg>
  );
}

const shapes = {
  reject: (
    <>
      <path className="gl" d="M2 6H18" />
      <path className="gx" d="M22 2.5v13" />
      <path className="gl back" d="M18 12.5H4M7 10 4 12.5 7 15" />
      <circle className="gc" cx="32" cy="9" r="4" />
      <path className="gg" d="M39 9H58" />
    </>
  ),
  'fail-before-commit': (
    <>
      <path className="gl" d="M2 9H15" />
      <path className="gx" d="M15 5l8 8M23 5l-8 8" />
      <circle className="gc" cx="32" cy="9" r="4" />
      <path className="gg" d="M38 9H58" />
    </>
  ),
  'fail-after-commit': (
    <>
      <path className="gl" d="M2 9H40" />
      <circle className="gc on" cx="26" cy="9" r="4" />
      <path className="gx" d="M41 5l8 8M49 5l-8 8" />
      <path className="gg" d="M52 9H58" />
    </>
  ),
  delay: (
    <>
      <path className="gl" d="M2 9H9" />
      <path className="gd" d="M10 9H38" />
      <circle className="gc on" cx="43" cy="9" r="4" />
      <path className="gl" d="M48 9H58M54 5l4 4-4 4" />
    </>
  ),
  hang: (
    <>
      <path className="gl" d="M2 9H18" />
      <path className="gd" d="M20 9H58" />
      <circle className="gc" cx="20" cy="9" r="4" />
    </>
  ),
} as const;
