import { Fragment, type ReactNode } from 'react';

export const Op = ({ name }: { name: string }) => <code className="op">{name}</code>;

/** a, b and c. */
export function listed(names: readonly string[]): ReactNode {
  return names.map((name, index) => (
    <Fragment key={name}>
      {index > 0 && (index === names.length - 1 ? ' and ' : ', ')}
      <Op name={name} />
    </Fragment>
  ));
}

const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
export const inWords = (value: number): string => small[value] ?? String(value);

export function times(value: number): string {
  if (value === 1) return 'once';
  return value === 2 ? 'twice' : `${inWords(value)} times`;
}

/** An error's message as the end of a sentence. */
export const ended = (message: string): string => message.replace(/[.\s]+$/, '');
