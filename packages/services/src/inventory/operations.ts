import type { AnyOperation, Operation } from '@counterstep/db/barrier';
import { releaseStock, type Reservation, reserveStock } from './contract.ts';
import { release, reserve, type Shelf, shift, type StockChange } from './domain.ts';
import { holdStock, lockStock, lockStockOf, releaseHeld } from './repository.ts';

const reserveOperation: Operation<Reservation, Reservation, Shelf, StockChange> = {
  contract: reserveStock,
  load: (tx, calls) =>
    lockStock(
      tx,
      calls.flatMap((call) => call.request.lines.map((line) => line.sku)),
    ),
  decide: (shelf, { sagaId, request }) => reserve(shelf, sagaId, request),
  evolve: (shelf, change) => shift(shelf, change, 1),
  write: holdStock,
};

const releaseOperation: Operation<{ orderId: string }, Reservation, Shelf, StockChange> = {
  contract: releaseStock,
  compensates: reserveStock,
  load: (tx, calls) =>
    lockStockOf(
      tx,
      calls.map((call) => call.sagaId),
    ),
  decide: (_shelf, { sagaId, done }) => release(sagaId, reserveStock.response.parse(done)),
  evolve: (shelf, change) => shift(shelf, change, -1),
  write: releaseHeld,
};

export const inventoryOperations: readonly AnyOperation[] = [reserveOperation, releaseOperation];
