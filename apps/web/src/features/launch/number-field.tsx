import { useId } from 'react';

interface NumberFieldProps {
  readonly label: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}

export function NumberField({ label, value, problem, placeholder, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input"
        inputMode="numeric"
        value={value}
        aria-invalid={problem !== undefined}
        {...(placeholder && { placeholder })}
        {...(problem && { 'aria-describedby': `${id}-problem` })}
        onChange={(event) => onChange(event.target.value.trim())}
      />
      {problem && (
        <span id={`${id}-problem`} className="note c-stuck">
          {problem}
        </span>
      )}
    </>
  );
}
