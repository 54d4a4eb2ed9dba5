import type { StepStatus } from './status.ts';

const round = { cx: 8.5, cy: 4, r: 3.4 };

/** A wait in the strip: round and quiet, since nothing is done there. */
export function WaitCell({ status }: { status: StepStatus }) {
  switch (status) {
    case 'waiting':
      return (
        <>
          <circle className="k-w" {...round} />
          <path className="k-wm" d="M8.5 2v2.1l1.4 1" />
        </>
      );
    case 'succeeded':
      return <circle className="k-wo" {...round} />;
    case 'failed':
    case 'unknown':
      return <circle className="k-x" {...round} />;
    case 'skipped':
      return <path className="k-skip" d="M5 4h7" />;
    case 'dispatched':
    case 'pending':
      return <circle className="k-p" {...round} />;
  }
}
