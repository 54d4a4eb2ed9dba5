import type { SagaStyle } from '@/lib/trpc.ts';
import { Icon } from './icon.tsx';

const styleWords: Readonly<Record<SagaStyle, string>> = {
  orchestration: 'Orchestration',
  choreography: 'Choreography',
};

/** Style has an icon, never a colour: colour says which way a saga moves. */
export function StyleMark({ style, iconOnly = false }: { style: SagaStyle; iconOnly?: boolean }) {
  return (
    <span className="style" title={styleWords[style]}>
      <Icon
        name={style === 'orchestration' ? 'hub' : 'chain'}
        {...(iconOnly && { label: styleWords[style] })}
      />
      {!iconOnly && <span>{styleWords[style]}</span>}
    </span>
  );
}
