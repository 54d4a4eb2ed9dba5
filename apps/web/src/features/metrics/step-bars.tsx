import { count } from '@/lib/format.ts';
import { duration } from '@/lib/time/format.ts';
import type { StepMetrics } from '@/lib/trpc.ts';
import { percentage } from './lines.ts';
import { StepName } from './step-name.tsx';

/** Answers as bars on one scale: solid to the median, outlined to p95. Failures as shares of attempts. */
export function StepBars({ steps }: { steps: readonly StepMetrics[] }) {
  const longest = Math.max(1, ...steps.map(({ p95Ms = 0 }) => p95Ms));
  return (
    <>
      <ul className="mbars">
        {steps.map((step) => (
          <li key={`${step.definition} ${step.step} ${step.direction}`}>
            <span className="who">
              <StepName step={step} />
              <small>
                {step.definition}, {count(step.attempts)} attempts
              </small>
            </span>
            <Answer step={step} longest={longest} />
            <Failures step={step} />
          </li>
        ))}
      </ul>
      <p className="mkey">
        <span>
          <i className="answer p50" />
          p50
        </span>
        <span>
          <i className="answer p95" />
          p95 of the answer
        </span>
        <span>
          <i className="share no" />
          said no
        </span>
        <span>
          <i className="share x" />
          failed, no effect
        </span>
        <span>
          <i className="share u" />
          outcome unknown
        </span>
      </p>
    </>
  );
}

function Answer({ step, longest }: { step: StepMetrics; longest: number }) {
  const { p50Ms, p95Ms, direction } = step;
  if (p50Ms === undefined || p95Ms === undefined) {
    return <span className="mute">no answer timed</span>;
  }
  const width = (ms: number) => `${(ms / longest) * 100}%`;
  return (
    <span className={direction === 'compensation' ? 'took back' : 'took'}>
      <span className="track" aria-hidden="true">
        <i className="answer p95" style={{ width: width(p95Ms) }} />
        <i className="answer p50" style={{ width: width(p50Ms) }} />
      </span>
      <span>
        {duration(p50Ms)} <span className="mute">p95 {duration(p95Ms)}</span>
      </span>
    </span>
  );
}

function Failures({ step }: { step: StepMetrics }) {
  const { attempts, rejected, failed, unknown } = step;
  const share = (value: number) => (value / attempts) * 100;
  const all = share(rejected + failed + unknown);
  return (
    <span className="fails">
      <span className="track" aria-hidden="true">
        {rejected > 0 && <i className="share no" style={{ width: `${share(rejected)}%` }} />}
        {failed > 0 && <i className="share x" style={{ width: `${share(failed)}%` }} />}
        {unknown > 0 && <i className="share u" style={{ width: `${share(unknown)}%` }} />}
      </span>
      <span className={all === 0 ? 'mute' : ''}>{percentage(all)} failed</span>
    </span>
  );
}
