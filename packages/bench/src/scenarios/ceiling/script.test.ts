import { expect, test } from 'vitest';
import type { Profile } from './profile.ts';
import { statementsOf } from './script.ts';

const profile: Profile = {
  writes: [
    { seqs: [1], batch: 10 },
    { seqs: [2, 3], batch: 4.4 },
    { seqs: [4], batch: 5 },
  ],
  operations: [{ schema: 'payment', step: 'payment.charge', batch: 3 }],
  sample: {} as Profile['sample'],
};

const kinds = (statements: readonly string[]) => ({
  accepts: statements.filter((sql) => sql.includes('insert into saga.ready')),
  claims: statements.filter((sql) => sql.includes('delete from saga.ready')),
  flushes: statements.filter((sql) => sql.includes('update saga.instance i')),
  charges: statements.filter((sql) => sql.includes('insert into payment.effect')),
});

test('each transaction writes as many orders as the product has in one of its kind', () => {
  const { accepts, claims, flushes, charges } = kinds(statementsOf(profile, 10));
  expect(accepts).toHaveLength(1);
  expect(claims).toHaveLength(3);
  expect(flushes).toHaveLength(3 + 2);
  expect(flushes.slice(0, 3)).toEqual(claims);
  expect(charges).toHaveLength(4);
});

test('together they write every order once', () => {
  const { charges } = kinds(statementsOf(profile, 10));
  const ranges = charges.map((sql) =>
    /generate_series\((\d+), (\d+)\)/.exec(sql)?.slice(1).map(Number),
  );
  expect(ranges).toEqual([
    [1, 3],
    [4, 6],
    [7, 9],
    [10, 10],
  ]);
});

test('only the last write of the log ends the saga', () => {
  const ends = statementsOf(profile, 10).filter((sql) => sql.includes(`'completed'`));
  expect(ends).toHaveLength(2);
  expect(ends.every((sql) => sql.includes('seq in (4)'))).toBe(true);
});

test('a step whose rows are not known is refused', () => {
  const operations = [{ schema: 'orders', step: 'order.gift-wrap', batch: 1 }];
  expect(() => statementsOf({ ...profile, operations }, 1)).toThrow(/order\.gift-wrap/);
});
