const lengthMax = 80;

/** Data in one short line: approvedBy: ann, approved: true. */
export function shortJson(value: unknown): string {
  const text =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
          .map(([key, member]) => `${key}: ${plain(member)}`)
          .join(', ')
      : plain(value);
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text;
}

const plain = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
