import { Icon } from '@/ui/icon.tsx';
import type { LogKind } from './log-kinds.ts';

interface LogFilterProps {
  readonly kinds: readonly LogKind[];
  readonly kind: LogKind;
  readonly onChange: (id: string) => void;
}

/** Which events the log shows. */
export function LogFilter({ kinds, kind, onChange }: LogFilterProps) {
  return (
    <label className="log-filter">
      <Icon name="menu" label="Events shown" />
      <select value={kind.id} onChange={(event) => onChange(event.target.value)}>
        {kinds.map(({ id, word }) => (
          <option key={id} value={id}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
