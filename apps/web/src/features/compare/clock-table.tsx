import { outcomeLook } from '@/features/saga-detail/looks.ts';
import { duration } from '@/lib/time/format.ts';
import { Icon } from '@/ui/icon.tsx';
import { Mark } from '@/ui/status-mark.tsx';
import { StyleMark } from '@/ui/style-mark.tsx';
import { clockRows } from './clock-rows.ts';
import type { Pair, Side } from './side.ts';

/** Every attempt of both sides with its times; the same as the diagram, for reading and copying. */
export function ClockTable({ pair }: { pair: Pair }) {
  const rows = clockRows(pair);
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Both timelines as a table">
      <table className="dense clock-table">
        <thead>
          <tr>
            <th scope="col">Operation</th>
            <th scope="col">Side</th>
            <th scope="col" className="n">
              Attempt
            </th>
            <th scope="col" className="n">
              From
            </th>
            <th scope="col" className="n">
              To
            </th>
            <th scope="col" className="n">
              Took
            </th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {rows.flatMap(({ key, name, tracks }) =>
            tracks.flatMap(({ side, stretches, copiesMs }) => [
              ...stretches.map(({ attempt, fromMs, toMs }) => (
                <tr key={`${key} ${side.saga.id} ${attempt.startSeq}`}>
                  <td>
                    <code className="op">{name}</code>
                  </td>
                  <td>
                    <SideName side={side} />
                  </td>
                  <td className="n">{attempt.number}</td>
                  <td className="n">{duration(fromMs)}</td>
                  <td className="n">{toMs === undefined ? '–' : duration(toMs)}</td>
                  <td className="n">{toMs === undefined ? '–' : duration(toMs - fromMs)}</td>
                  <td>
                    <Mark look={outcomeLook(attempt)} />
                    {attempt.isDuplicate && <span className="mute"> stored result</span>}
                  </td>
                </tr>
              )),
              ...copiesMs.map((ms) => (
                <tr key={`${key} ${side.saga.id} copy ${ms}`}>
                  <td>
                    <code className="op">{name}</code>
                  </td>
                  <td>
                    <SideName side={side} />
                  </td>
                  <td className="n">–</td>
                  <td className="n">{duration(ms)}</td>
                  <td className="n">–</td>
                  <td className="n">–</td>
                  <td className="mute">
                    <Icon name="copy" /> delivered again, ignored
                  </td>
                </tr>
              )),
            ]),
          )}
        </tbody>
      </table>
    </div>
  );
}

/** Its style, and where both have the same, which of the two it is. */
function SideName({ side: { saga, label } }: { side: Side }) {
  const isStyle = label.toLowerCase() === saga.style;
  return (
    <>
      <StyleMark style={saga.style} iconOnly={!isStyle} /> {!isStyle && label}
    </>
  );
}
