/** Two ways to say a yes-or-no signal, as buttons. */
export interface Choice {
  readonly word: string;
  readonly field: string;
  readonly value: boolean;
}

const pairs: Readonly<Record<string, readonly [string, string]>> = {
  approved: ['Approve', 'Refuse'],
  accepted: ['Accept', 'Decline'],
  confirmed: ['Confirm', 'Deny'],
};

/** A signal with exactly one yes-or-no field is answered by two buttons instead of by editing JSON. */
export function choicesOf(skeleton: unknown): readonly Choice[] {
  if (typeof skeleton !== 'object' || skeleton === null) return [];
  const fields = Object.entries(skeleton).filter(([, value]) => typeof value === 'boolean');
  const [field] = fields[0] ?? [];
  if (field === undefined || fields.length > 1) return [];
  const [yes, no] = pairs[field] ?? [`Send with ${field}: true`, `Send with ${field}: false`];
  return [
    { word: yes, field, value: true },
    { word: no, field, value: false },
  ];
}
