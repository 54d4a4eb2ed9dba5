import type { ChartData } from './types.ts';

/** What each line is, with its value: under the pointer, or the last. */
export function Legend({ data, index }: { data: ChartData; index: number | undefined }) {
  return (
    <span className="chart-legend">
      {data.lines.map(({ key, word, tone, dash, values }) => {
        const value = values[index ?? values.length - 1];
        return (
          <span key={key}>
            <svg width="16" height="8" aria-hidden="true">
              <path
                className={`t-${tone}`}
                d="M0 4h16"
                strokeWidth="2.5"
                {...(dash && { strokeDasharray: dash.join(' ') })}
              />
            </svg>
            {word} <b>{value === null || value === undefined ? '–' : data.say(value)}</b>
          </span>
        );
      })}
    </span>
  );
}
