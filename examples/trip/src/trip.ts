import { defineSaga } from '@counterstep/saga-core/definition';
import { Rejection } from '@counterstep/saga-core/participant';
import { z } from 'zod';
import { agency } from './agency.ts';

const tripInput = z.strictObject({
  tripId: z.string().min(1).max(60),
  traveller: z.string().min(1).max(60),
  city: z.string().min(1).max(60),
  nights: z.int().min(1).max(60),
  /** In cents. */
  budget: z.int().positive(),
});

const approval = z.strictObject({ approvedBy: z.string().min(1).max(60), approved: z.boolean() });

/**
 * A business trip: flight, hotel and car are booked at once; a person approves; the traveller has a
 * moment to think again; then it is paid for, and there is no way back.
 */
export const tripSaga = defineSaga({
  name: 'trip',
  version: 1,
  input: tripInput,
  keys: ({ tripId, traveller }) => ({ businessKey: tripId, subject: traveller }),
  deadlineMs: 24 * 3_600_000,
})
  .parallel('book', (group) =>
    group
      .step('flight', {
        run: ({ input, key }) => agency.bookFlight(key, input.city),
        undo: ({ key }) => agency.cancel(key),
      })
      .step('hotel', {
        run: ({ input, key }) => agency.bookHotel(key, input.city, input.nights),
        undo: ({ key }) => agency.cancel(key),
      })
      .step('car', {
        run: ({ input, key }) => agency.bookCar(key, input.nights),
        undo: ({ key }) => agency.cancel(key),
      }),
  )
  .waitFor('approval', { schema: approval, timeoutMs: 8 * 3_600_000 })
  .sleep('second-thoughts', { forMs: 3_000 })
  .pivot('pay', {
    run: ({ input, results, key }) => {
      const { flight, hotel, car, approval: answer } = results;
      if (!answer.approved) {
        throw new Rejection('NOT_APPROVED', `${answer.approvedBy} has not approved the trip.`);
      }
      const total = flight.price + hotel.price + car.price;
      if (total > input.budget) {
        throw new Rejection(
          'OVER_BUDGET',
          `The trip costs ${total}, the budget is ${input.budget}.`,
        );
      }
      return agency.pay(key, total);
    },
  })
  .retriable('itinerary', {
    run: ({ input, results, key }) =>
      agency.sendItinerary(key, input.traveller, results.flight.reference),
  })
  .build();
