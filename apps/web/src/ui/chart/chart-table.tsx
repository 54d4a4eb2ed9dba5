import { Moment } from '@/ui/moment.tsx';
import { struckIn } from './struck-in.ts';
import type { ChartData } from './types.ts';

/** The same values as numbers, the latest first. */
export function ChartTable({ data }: { data: ChartData }) {
  const rows = data.atMs.map((ms, index) => ({ ms, index })).toReversed();
  return (
    <div
      className="chart-table"
      tabIndex={0}
      role="region"
      aria-label={`${data.label} As a table.`}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">From</th>
            {data.lines.map(({ key, word }) => (
              <th key={key} scope="col" className="n">
                {word}
              </th>
            ))}
            {data.bands.length > 0 && <th scope="col">Faults</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ ms, index }) => (
            <tr key={ms}>
              <td>
                <Moment at={new Date(ms).toISOString()} millis={false} />
              </td>
              {data.lines.map(({ key, values }) => (
                <td key={key} className="n">
                  {say(values[index], data.say)}
                </td>
              ))}
              {data.bands.length > 0 && <td>{struckIn(data, index).join(', ')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const say = (value: number | null | undefined, words: ChartData['say']): string =>
  value === null || value === undefined ? '–' : words(value);
