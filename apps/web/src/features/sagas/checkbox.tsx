interface CheckboxProps {
  readonly label: string;
  readonly checked: boolean;
  /** Some of what it stands for, not all. */
  readonly isMixed?: boolean;
  readonly onToggle: (isRange: boolean) => void;
}

export function Checkbox({ label, checked, isMixed = false, onToggle }: CheckboxProps) {
  return (
    <input
      type="checkbox"
      className={isMixed ? 'cb mixed' : 'cb'}
      aria-label={label}
      checked={checked}
      ref={(box) => {
        if (box) box.indeterminate = isMixed;
      }}
      // A change knows no keys; the click does, and comes from the keyboard too.
      onChange={() => undefined}
      onClick={(event) => onToggle(event.shiftKey)}
    />
  );
}
