import { Fragment } from 'react';

/** `InventoryReserved`; may break before a capital, nowhere else. */
export function EventName({ type }: { type: string }) {
  return (
    <code>
      {type.split(/(?=[A-Z])/).map((word, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {word}
        </Fragment>
      ))}
    </code>
  );
}
