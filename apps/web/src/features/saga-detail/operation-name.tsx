/** May break after the service's dot, nowhere else. */
export function OperationName({ name }: { name: string }) {
  const [service = name, verb] = name.split('.', 2);
  return (
    <code className="op nm">
      {service}
      {verb !== undefined && (
        <>
          .<wbr />
          {verb}
        </>
      )}
    </code>
  );
}
