import { count } from '@/lib/format.ts';
import { duration } from '@/lib/time/format.ts';
import type { StepMetrics } from '@/lib/trpc.ts';
import { percentage } from './lines.ts';
import { StepName } from './step-name.tsx';

const columns = ['Attempts', 'p50', 'p95', 'Said no', 'Failed', 'Unknown', 'Failure rate'];

export function StepTable({ steps }: { steps: readonly StepMetrics[] }) {
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Steps as a table">
      <table className="dense">
        <thead>
          <tr>
            <th scope="col">Operation</th>
            <th scope="col">Definition</th>
            {columns.map((word) => (
              <th key={word} scope="col" className="n">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <Row key={`${step.definition} ${step.step} ${step.direction}`} step={step} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ step }: { step: StepMetrics }) {
  const { definition, attempts, p50Ms, p95Ms, rejected, failed, unknown } = step;
  const ms = (value: number | undefined) => (value === undefined ? '–' : duration(value));
  return (
    <tr>
      <td className="nw">
        <StepName step={step} />
      </td>
      <td className="nw">{definition}</td>
      <td className="n">{count(attempts)}</td>
      <td className="n nw">{ms(p50Ms)}</td>
      <td className="n nw">{ms(p95Ms)}</td>
      <td className="n">{count(rejected)}</td>
      <td className="n">{count(failed)}</td>
      <td className="n">{count(unknown)}</td>
      <td className="n nw">{percentage(((rejected + failed + unknown) / attempts) * 100)}</td>
    </tr>
  );
}
