const entries = [
  ['f', 'done'],
  ['b', 'undone'],
  ['x', 'failed, no effect'],
  ['u', 'outcome unknown'],
  ['w', 'back-off'],
  ['wt', 'wait'],
  ['p', 'not yet'],
] as const;

export function TimelineKey() {
  return (
    <span className="key">
      {entries.map(([swatch, word]) => (
        <span key={swatch}>
          <i className={`sw ${swatch}`} />
          {word}
        </span>
      ))}
    </span>
  );
}
