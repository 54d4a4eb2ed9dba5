import type { EventContract } from '../message.ts';
import type { Check } from './check.ts';
import { differenceOf } from './difference.ts';

/** PascalCase; anything else could collide with what the engine names its own notices. */
const typeForm = /^[A-Z][A-Za-z0-9]*$/;

export const declarations: Check = (flow) => {
  const first = new Map<string, EventContract>();
  return flow.events.flatMap((event) => {
    const { type, service, version } = event;
    const other = first.get(type);
    first.set(type, other ?? event);
    if (!typeForm.test(type)) {
      return [`"${service}" declares "${type}"; name an event in PascalCase: OrderCreated.`];
    }
    if (!Number.isInteger(version) || version < 1) {
      return [`"${service}" declares ${type} in version ${version}; count from 1.`];
    }
    if (other) {
      const difference = differenceOf(other, event);
      return [
        `${type} is declared twice${difference ? `: ${difference}` : ` by "${service}"`}. Keep one.`,
      ];
    }
    return [];
  });
};
