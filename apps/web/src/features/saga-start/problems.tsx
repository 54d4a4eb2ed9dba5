import { Icon } from '@/ui/icon.tsx';
import type { Problem } from './field-problems.ts';

/** What to change, a line for each field. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul id="problems" className="problems" role="alert">
      {problems.map(({ field, message }) => (
        <li key={`${field} ${message}`}>
          <Icon name="cross" />
          <span>
            {field && <code>{field}</code>} {message}
          </span>
        </li>
      ))}
    </ul>
  );
}
