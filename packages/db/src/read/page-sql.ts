import type { Where } from './conditions.ts';
import type { Place } from './cursor.ts';
import type { SagaOrder } from './types.ts';

/** What a stuck saga stands at, as one text: by it they are sorted and told apart. */
export const causeSql = `concat_ws('/', definition, summary #>> '{at,direction}', summary #>> '{at,step}', summary #>> '{at,error,code}')`;

/** Who has to look comes first: those that nobody moves on by themselves. */
const urgencies = [
  `rest = 'stuck'`,
  `stalled and rest is distinct from 'stuck'`,
  `not stalled and rest is distinct from 'stuck'`,
];

/** The statement of a page: rows that meet the conditions, in their order, behind a place. Adds parameters. */
export function pageSql(
  where: Where,
  order: SagaOrder,
  place: Place | undefined,
  size: number,
): string {
  const at = place && placeOf(where, place);
  switch (order) {
    case 'urgent':
      return urgentSql(where, at && { ...at, urgency: urgencyOf(place?.rank) }, size);
    case 'cause': {
      const rank = `${causeSql} collate "C"`;
      const before = at && `${where.param(place?.rank ?? '')}::text`;
      return rowsSql({
        rank,
        conditions: [
          ...where.parts,
          ...(at ? [`(${rank}, created_at, id) > (${before}, ${at.createdAt}, ${at.id})`] : []),
        ],
        order: `${rank}, created_at, id`,
        size,
      });
    }
    case 'newest':
    case 'oldest': {
      const [sign, turn] = order === 'newest' ? ['<', ' desc'] : ['>', ''];
      return rowsSql({
        rank: 'null',
        conditions: [
          ...where.parts,
          ...(at ? [`(created_at, id) ${sign} (${at.createdAt}, ${at.id})`] : []),
        ],
        order: `created_at${turn}, id${turn}`,
        size,
      });
    }
  }
}

interface At {
  readonly createdAt: string;
  readonly id: string;
}

/** As text: the driver would cut a timestamp to milliseconds, and rows would be skipped. */
const placeOf = (where: Where, { createdAt, id }: Place): At => ({
  createdAt: `${where.param(createdAt)}::text::timestamptz`,
  id: `${where.param(id)}::uuid`,
});

/**
 * Each urgency is read by its own index, and no further than the page. Sorted by it in one statement,
 * each page would read all that is in flight.
 */
function urgentSql(where: Where, at: (At & { urgency: number }) | undefined, size: number): string {
  const parts = urgencies.flatMap((condition, urgency) => {
    if (at && urgency < at.urgency) return [];
    const isFirst = at?.urgency === urgency;
    const conditions = [
      ...where.parts,
      condition,
      ...(at && isFirst ? [`(created_at, id) > (${at.createdAt}, ${at.id})`] : []),
    ];
    const order = 'created_at, id';
    return [`(${rowsSql({ rank: `'${urgency}'`, conditions, order, size })})`];
  });
  return `select * from (${parts.join(' union all ')}) page order by rank, created_at, id limit ${size}`;
}

const urgencyOf = (rank: string | undefined): number =>
  Math.max(0, ['0', '1', '2'].indexOf(rank ?? ''));

interface Rows {
  /** What comes before the age in the order, as text; null for nothing. */
  readonly rank: string;
  readonly conditions: readonly string[];
  readonly order: string;
  readonly size: number;
}

const rowsSql = ({ rank, conditions, order, size }: Rows): string =>
  `select *, created_at::text as created_text, ${rank} as rank from saga.instance
    ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
    order by ${order} limit ${size}`;
