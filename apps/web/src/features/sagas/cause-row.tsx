import type { RefCallback } from 'react';
import { money, plural } from '@/lib/format.ts';
import type { Cause } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { Checkbox } from './checkbox.tsx';

interface CauseRowProps {
  readonly cause: Cause;
  readonly index: number;
  readonly columnCount: number;
  /** Money that is to go back to customers, of the sagas that are on the page. */
  readonly toReturn: number;
  readonly chosen: number;
  readonly loaded: number;
  readonly onToggle: () => void;
  readonly measure: RefCallback<Element>;
}

/** What these sagas are stuck at, and what that means for them. */
export function CauseRow(props: CauseRowProps) {
  const { cause, index, columnCount, toReturn, chosen, loaded, onToggle, measure } = props;
  const isBack = cause.direction === 'compensation';
  return (
    <tr ref={measure} data-index={index} className="cause" aria-rowindex={index + 2}>
      <th scope="rowgroup" colSpan={columnCount}>
        <div className="gh">
          <Checkbox
            label={`Choose all at ${cause.operation}`}
            checked={chosen > 0 && chosen === loaded}
            isMixed={chosen > 0 && chosen < loaded}
            onToggle={onToggle}
          />
          <span className="c-stuck">
            <Icon name={isBack ? 'left' : 'right'} label={isBack ? 'back' : 'forward'} />
          </span>
          <code className="op">{cause.operation}</code>
          <p>
            {told(cause)}{' '}
            <span className="mute">
              {plural(cause.count, 'saga')}
              {meaning(cause, toReturn)}.
            </span>
          </p>
        </div>
      </th>
    </tr>
  );
}

function told({ message, code, attemptsMin, attemptsMax }: Cause): string {
  const said = message || code.toLowerCase().replaceAll('_', ' ');
  const fewest = attemptsMin < attemptsMax ? `${attemptsMin} to ` : '';
  return `${said.replace(/\.$/, '')}, after ${fewest}${plural(attemptsMax, 'attempt')}.`;
}

function meaning({ isPivot, isPastPivot, inDoubt }: Cause, toReturn: number): string {
  if (toReturn > 0) return `, up to ${money(toReturn)} to return`;
  if (isPivot && inDoubt > 0) return ', settle it: was it done?';
  if (inDoubt > 0) return `, ${inDoubt} with unknown outcome`;
  return isPastPivot ? ', past the pivot: it can only go forward' : '';
}
