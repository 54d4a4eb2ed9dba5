import { Icon, type IconName } from '@/ui/icon.tsx';
import type { StyleChoice } from './draft.ts';

interface Choice {
  readonly value: StyleChoice;
  readonly icon: IconName;
  readonly word: string;
  readonly note: string;
}

const choices: readonly Choice[] = [
  {
    value: 'orchestration',
    icon: 'hub',
    word: 'Orchestration',
    note: 'a worker calls the services in turn',
  },
  {
    value: 'choreography',
    icon: 'chain',
    word: 'Choreography',
    note: 'services react to each other’s events',
  },
  { value: 'both', icon: 'stack', word: 'Both', note: 'the same order twice, once in each' },
];

export function StyleField({
  style,
  onChange,
}: {
  style: StyleChoice;
  onChange: (style: StyleChoice) => void;
}) {
  return (
    <fieldset className="of-styles">
      <legend className="lab">Style</legend>
      {choices.map(({ value, icon, word, note }) => (
        <label key={value}>
          <input
            className="rd"
            type="radio"
            name="style"
            checked={style === value}
            onChange={() => onChange(value)}
          />
          <Icon name={icon} />
          <span>
            <b>{word}</b>
            <small>{note}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
