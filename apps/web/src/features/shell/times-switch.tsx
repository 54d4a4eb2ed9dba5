'use client';

import { timesModes } from '@/lib/time/mode.ts';
import { useTimes } from '@/lib/time/times.tsx';
import { timesHeading } from '@/ui/moment.tsx';

export function TimesSwitch() {
  const { mode, setMode } = useTimes();
  return (
    <div className="seg d-only" role="group" aria-label="Times">
      {timesModes.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={mode === choice}
          onClick={() => setMode(choice)}
        >
          {timesHeading[choice]}
        </button>
      ))}
    </div>
  );
}
