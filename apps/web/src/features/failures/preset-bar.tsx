import type { Fault } from '@/lib/trpc.ts';
import { BreakGlyph } from './break-glyph.tsx';
import { activeRules, type Preset, presets } from './presets.ts';

interface PresetBarProps {
  readonly faults: readonly Fault[];
  readonly isBusy: boolean;
  readonly onToggle: (preset: Preset) => void;
}

export function PresetBar({ faults, isBusy, onToggle }: PresetBarProps) {
  return (
    <div className="pre" role="group" aria-label="Presets">
      {presets.map((preset) => (
        <button
          key={preset.id}
          type="button"
          aria-pressed={activeRules(preset, faults) !== undefined}
          disabled={isBusy}
          onClick={() => onToggle(preset)}
        >
          <BreakGlyph kind={preset.kind} />
          <span>
            <b>{preset.word}</b>
            <small>{preset.note}</small>
          </span>
        </button>
      ))}
    </div>
  );
}
