import { expect, test } from 'vitest';
import { happyOrders, hotOrders, ordersWithRejections, rejectionsAmong } from './orders.ts';

const products = ['A', 'B', 'C', 'D', 'LMP-BRS-01'].map((sku, n) => ({ sku, unitPrice: 100 + n }));
const some = Array.from({ length: 97 }, (_, index) => index);

test('a happy order has one to three different products and the sum of their prices', () => {
  const orders = some.map(happyOrders(products));
  expect(new Set(orders.map(({ lines }) => lines.length))).toEqual(new Set([1, 2, 3]));
  for (const { lines, total } of orders) {
    expect(new Set(lines.map(({ sku }) => sku)).size).toBe(lines.length);
    expect(lines.reduce((sum, { unitPrice }) => sum + unitPrice, 0)).toBe(total);
  }
  expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(some.length);
});

test('as many orders are of the customer without credit as will be turned away', () => {
  const orders = some.map(ordersWithRejections(products));
  const turnedAway = orders.filter(({ customerId }) => customerId === 'corner-kiosk');
  expect(turnedAway).toHaveLength(rejectionsAmong(some.length));
  expect(turnedAway).toHaveLength(9);
  expect(turnedAway.every(({ lines }) => lines[0]?.sku === 'LMP-BRS-01')).toBe(true);
});

test('hot orders share one product', () => {
  const skus = some.map(hotOrders(products)).flatMap(({ lines }) => lines.map(({ sku }) => sku));
  expect(new Set(skus)).toEqual(new Set(['A']));
});
