import type { StepStatus, UndoStatus } from './status.ts';

const whole = { x: 0, y: 0, width: 17, height: 8, rx: 2 };
// An outlined cell is drawn inside by half its line, so that all cells are equally large.
const outlined = { x: 0.6, y: 0.6, width: 15.8, height: 6.8, rx: 2 };
const lower = { x: 0, y: 11, width: 17, height: 5, rx: 2 };
const lowerOutlined = { x: 0.6, y: 11.6, width: 15.8, height: 3.8, rx: 2 };

interface CellProps<Status> {
  readonly status: Status;
  /** Where it stands. On each shape and not around them: a list has hundreds of cells. */
  readonly at: string;
}

export function ForwardCell({ status, at }: CellProps<StepStatus>) {
  switch (status) {
    case 'succeeded':
      return <rect transform={at} className="k-f" {...whole} />;
    case 'dispatched':
      return (
        <>
          <rect transform={at} className="k-fo" {...outlined} />
          <rect transform={at} className="k-f" {...whole} width={8.5} />
        </>
      );
    case 'waiting':
      return <Waiting shape={outlined} y={4} at={at} />;
    case 'unknown':
      return <rect transform={at} className="k-u" {...outlined} fill="url(#hatch-u)" />;
    case 'failed':
      return (
        <>
          <rect transform={at} className="k-x" {...outlined} />
          <path transform={at} className="k-xm" d="M6.1 1.6l4.8 4.8M10.9 1.6l-4.8 4.8" />
        </>
      );
    case 'skipped':
      return <path transform={at} className="k-skip" d="M0.6 4h15.8" />;
    case 'pending':
      return <rect transform={at} className="k-p" {...outlined} />;
  }
}

export function UndoCell({ status, at }: CellProps<UndoStatus>) {
  switch (status) {
    case 'compensated':
      return <rect transform={at} className="k-b" {...lower} />;
    case 'null-compensated':
      return (
        <>
          <rect transform={at} className="k-bo" {...lowerOutlined} />
          <path transform={at} className="k-bm" d="M5.5 15l6-3" />
        </>
      );
    case 'compensating':
      return (
        <>
          <rect transform={at} className="k-bo" {...lowerOutlined} />
          <rect transform={at} className="k-b" {...lower} x={8.5} width={8.5} />
        </>
      );
    case 'compensation-waiting':
      return <Waiting shape={lowerOutlined} y={13.5} at={at} />;
    case 'compensation-failed':
      return (
        <>
          <rect transform={at} className="k-x" {...lowerOutlined} />
          <path transform={at} className="k-xm" d="M7.6 12.6l1.8 1.8M9.4 12.6l-1.8 1.8" />
        </>
      );
    case 'compensation-skipped':
      return <path transform={at} className="k-skip" d="M0.6 13.5h15.8" />;
    case 'owed':
      return <rect transform={at} className="k-od" {...lowerOutlined} />;
  }
}

interface WaitingProps {
  readonly shape: typeof outlined;
  readonly y: number;
  readonly at: string;
}

function Waiting({ shape, y, at }: WaitingProps) {
  return (
    <>
      <rect transform={at} className="k-w" {...shape} />
      {[4.9, 8.5, 12.1].map((x) => (
        <circle key={x} transform={at} className="k-wd" cx={x} cy={y} r={1} />
      ))}
    </>
  );
}

/** The hatch of unknown outcomes, once per document. */
export function HatchPattern() {
  return (
    <svg width="0" height="0" className="absolute" aria-hidden="true">
      <defs>
        <pattern
          id="hatch-u"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="5" height="5" className="h-bg" />
          <rect width="2" height="5" className="h-fg" />
        </pattern>
      </defs>
    </svg>
  );
}
