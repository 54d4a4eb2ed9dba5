import { createHash } from 'node:crypto';

export interface Booking {
  readonly reference: string;
  /** In cents. */
  readonly price: number;
}

/**
 * Stands where the providers' own clients would be. As theirs should, it takes the step's key as its
 * idempotency key: the same key is the same booking, however often it is asked for.
 */
export const agency = {
  bookFlight: (key: string, city: string) => book('FL', key, 30_000 + city.length * 1_000),
  bookHotel: (key: string, city: string, nights: number) =>
    book('HO', key, nights * (8_000 + city.length * 100)),
  bookCar: (key: string, nights: number) => book('CA', key, nights * 4_000),
  /** Cancelling what was never booked is fine: a counter-step may come to an action that did nothing. */
  cancel: (_key: string): Promise<void> => Promise.resolve(),
  pay: (key: string, total: number) => book('PY', key, total),
  sendItinerary: (key: string, traveller: string, flight: string) =>
    Promise.resolve({ sentTo: traveller, flight, reference: referenceOf('IT', key) }),
};

function book(kind: string, key: string, price: number): Promise<Booking> {
  return Promise.resolve({ reference: referenceOf(kind, key), price });
}

function referenceOf(kind: string, key: string): string {
  return `${kind}-${createHash('sha256').update(key).digest('hex').slice(0, 8).toUpperCase()}`;
}
