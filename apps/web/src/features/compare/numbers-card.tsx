import { Card } from '@/ui/card.tsx';
import { StyleMark } from '@/ui/style-mark.tsx';
import { measuresOf } from './numbers.ts';
import type { Pair } from './side.ts';

export function NumbersCard({ pair }: { pair: Pair }) {
  const isBoth = pair[0].saga.style !== pair[1].saga.style;
  return (
    <Card title="Numbers">
      <table className="mt">
        <thead>
          <tr>
            <th scope="col">Measure</th>
            {pair.map(({ saga, label }) => (
              <th key={saga.id} scope="col" className="n">
                {isBoth ? <StyleMark style={saga.style} iconOnly /> : label}
              </th>
            ))}
            <th scope="col" className="n">
              Difference
            </th>
          </tr>
        </thead>
        <tbody>
          {measuresOf(pair).map(({ name, left, right, difference }) => (
            <tr key={name}>
              <td>{name}</td>
              <td className="n">{unbroken(left)}</td>
              <td className="n">{unbroken(right)}</td>
              <td className="n d">{unbroken(difference)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** A number stays with its unit. */
const unbroken = (text: string): string => text.replaceAll(/(\d) (?=[a-z]+\b)/g, '$1\u00a0');
