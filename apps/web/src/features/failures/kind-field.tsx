import { BreakGlyph } from './break-glyph.tsx';
import { type Kind, kinds } from './operations.ts';

export function KindField({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  return (
    <>
      <p className="lab2" id="kinds-label">
        What breaks
      </p>
      <div className="kinds" role="radiogroup" aria-labelledby="kinds-label">
        {kinds.map(({ kind: choice, word, note }) => (
          <label key={choice}>
            <input
              className="rd"
              type="radio"
              name="kind"
              checked={kind === choice}
              onChange={() => onChange(choice)}
            />
            <BreakGlyph kind={choice} />
            <span>
              {word}
              <small>{note}</small>
            </span>
          </label>
        ))}
      </div>
    </>
  );
}
