import { Icon } from '@/ui/icon.tsx';
import type { Attempt } from './attempts.ts';
import { outcomeLook, pipClass } from './looks.ts';

const shownMax = 5;

/** One pip per attempt; with a budget, empty ones for those left. */
export function Pips({ attempts, budget }: { attempts: readonly Attempt[]; budget: number }) {
  if (attempts.length === 0) return null;
  const shown = attempts.slice(-shownMax);
  const left = Math.max(0, Math.min(budget, shownMax) - shown.length);
  return (
    <span className="pips">
      {shown.map((attempt) => (
        <span key={attempt.startSeq} className={`pip ${pipClass[attempt.outcome]}`}>
          <Icon
            name={outcomeLook(attempt).icon}
            label={`attempt ${attempt.number} ${outcomeLook(attempt).word}`}
          />
        </span>
      ))}
      {Array.from({ length: left }, (_, index) => (
        <span key={index} className="pip n" />
      ))}
    </span>
  );
}
