import type { Param } from '../tx/index.ts';
import type { SagaFilter, SagaView } from './types.ts';

/** Conditions over `saga.instance`, with numbered parameters. */
export class Where {
  readonly parts: string[] = [];
  readonly params: Param[] = [];

  /** Each `?` of the condition stands for the parameter. */
  add(condition: string, param: Param): void {
    this.parts.push(condition.replaceAll('?', this.param(param)));
  }

  param(param: Param): string {
    this.params.push(param);
    return `$${this.params.length}`;
  }

  get sql(): string {
    return this.parts.length > 0 ? `where ${this.parts.join(' and ')}` : '';
  }
}

/** Each but the last is asked of what is in flight alone, through `instance_active`. */
export const viewSql: Readonly<Record<SagaView, string>> = {
  active: 'finished_at is null',
  retrying: `finished_at is null and summary #> '{at,retryAt}' is not null`,
  unknown: `finished_at is null and summary -> 'doubt' is not null`,
  waiting: `finished_at is null and status <> 'stuck' and summary #> '{at,waitsFor}' is not null`,
  paused: 'finished_at is null and paused',
  stalled: 'stalled',
};

/** All of a filter but its search. */
export function whereOf(filter: SagaFilter): Where {
  const where = new Where();
  if (filter.status && filter.status.length > 0) {
    where.add('status = any(?::text[])', filter.status);
    // Said as well, so that the few in flight are not looked for among all that have ended.
    if (!filter.status.some((status) => ended.has(status))) where.parts.push(viewSql.active);
    const [only, ...others] = filter.status;
    if (others.length === 0 && (only === 'resolved' || only === 'stuck')) {
      where.parts.push(`rest = '${only}'`);
    }
  }
  if (filter.view) where.parts.push(viewSql[filter.view]);
  if (filter.style) where.add('style = ?', filter.style);
  if (filter.stalled !== undefined) where.parts.push(filter.stalled ? 'stalled' : 'not stalled');
  if (filter.definition) where.add('definition = ?', filter.definition);
  if (filter.correlationId) where.add('correlation_id = ?', filter.correlationId);
  return where;
}

const ended = new Set<string>(['completed', 'compensated', 'resolved']);
