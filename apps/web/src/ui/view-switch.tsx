import { Icon } from './icon.tsx';

interface ViewSwitchProps {
  readonly isTable: boolean;
  readonly onChange: (isTable: boolean) => void;
}

/** Every diagram has a table twin. */
export function ViewSwitch({ isTable, onChange }: ViewSwitchProps) {
  return (
    <div className="seg sm" role="group" aria-label="View">
      <button type="button" aria-pressed={!isTable} onClick={() => onChange(false)}>
        <Icon name="flow" />
        Diagram
      </button>
      <button type="button" aria-pressed={isTable} onClick={() => onChange(true)}>
        <Icon name="table" />
        Table
      </button>
    </div>
  );
}
