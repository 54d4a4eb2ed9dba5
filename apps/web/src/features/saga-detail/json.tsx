/** Data as the log holds it; always text, never markup. */
export function Json({ title, value, empty }: { title: string; value: unknown; empty: string }) {
  const isEmpty = value === undefined || value === null;
  return (
    <div className="js">
      <h3>{title}</h3>
      <pre tabIndex={0} aria-label={title}>
        {isEmpty ? <i>{empty}</i> : JSON.stringify(value, null, 2)}
      </pre>
    </div>
  );
}
