'use client';

import { count, money } from '@/lib/format.ts';
import type { Product } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { type DraftLine, lineProblem, linesMax } from './draft.ts';

interface LinesProps {
  readonly lines: readonly DraftLine[];
  readonly products: readonly Product[];
  readonly onChange: (lines: readonly DraftLine[]) => void;
}

export function Lines({ lines, products, onChange }: LinesProps) {
  const put = (line: DraftLine) =>
    onChange(lines.map((other) => (other.key === line.key ? line : other)));
  const unused = products.find(({ sku }) => lines.every((line) => line.sku !== sku));
  return (
    <fieldset className="of-lines">
      <legend className="lab">Lines</legend>
      {lines.map((line, index) => (
        <LineRow
          key={line.key}
          line={line}
          number={index + 1}
          products={products}
          problem={lineProblem(line, lines)}
          onChange={put}
          onRemove={
            lines.length > 1
              ? () => onChange(lines.filter(({ key }) => key !== line.key))
              : undefined
          }
        />
      ))}
      <button
        type="button"
        className="btn sm ghost"
        disabled={lines.length >= linesMax || !unused}
        onClick={() =>
          onChange([
            ...lines,
            {
              key: Math.max(...lines.map(({ key }) => key)) + 1,
              sku: unused?.sku ?? '',
              quantity: '1',
            },
          ])
        }
      >
        <Icon name="plus" />
        Add a line
      </button>
    </fieldset>
  );
}

interface LineRowProps {
  readonly line: DraftLine;
  readonly number: number;
  readonly products: readonly Product[];
  readonly problem: string | undefined;
  readonly onChange: (line: DraftLine) => void;
  readonly onRemove: (() => void) | undefined;
}

function LineRow({ line, number, products, problem, onChange, onRemove }: LineRowProps) {
  const product = products.find(({ sku }) => sku === line.sku);
  const isWrong = problem !== undefined;
  const id = `line-${line.key}-problem`;
  return (
    <div className="of-line">
      <select
        className="select"
        aria-label={`Product of line ${number}`}
        value={line.sku}
        onChange={(event) => onChange({ ...line, sku: event.target.value })}
      >
        {products.map(({ sku, name, unitPrice }) => (
          <option key={sku} value={sku}>
            {name}, {money(unitPrice)}
          </option>
        ))}
      </select>
      <input
        className="input n"
        inputMode="numeric"
        aria-label={`Quantity of line ${number}`}
        aria-invalid={isWrong}
        {...(isWrong && { 'aria-describedby': id })}
        value={line.quantity}
        onChange={(event) => onChange({ ...line, quantity: event.target.value })}
      />
      <button
        type="button"
        className="ib"
        aria-label={`Remove line ${number}`}
        disabled={!onRemove}
        onClick={onRemove}
      >
        <Icon name="cross" />
      </button>
      <span className="of-stock mute">
        {product && `${product.sku}, ${count(product.onHand - product.reserved)} left`}
      </span>
      {isWrong && (
        <span id={id} className="of-problem c-stuck">
          {problem}
        </span>
      )}
    </div>
  );
}
