import { useId } from 'react';

/** As the server takes it. */
const length = { min: 3, max: 500 };

export const isReason = (text: string): boolean => text.trim().length >= length.min;

interface ReasonFieldProps {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Why somebody acts; without it nothing is sent. */
export function ReasonField(props: ReasonFieldProps) {
  const { label = 'Reason, for the audit log', value, onChange } = props;
  const id = useId();
  return (
    <>
      <label className="reason-of" htmlFor={id}>
        {label}
      </label>
      <div className="field">
        <input
          id={id}
          value={value}
          maxLength={length.max}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
    </>
  );
}
