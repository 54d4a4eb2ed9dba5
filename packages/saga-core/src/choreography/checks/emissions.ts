import type { EventContract } from '../message.ts';
import type { FlowShape } from '../flow.ts';
import { sourcesOf } from '../walks.ts';
import { type Check, nameOf } from './check.ts';
import { differenceOf } from './difference.ts';

export const emissions: Check = (flow) => [
  ...sourcesOf(flow).flatMap(({ event, reaction }) => {
    if (!reaction) return misfit(flow, event, 'the flow starts with');
    const { service } = reaction;
    if (event.service !== service) {
      return [
        `${nameOf(reaction)} runs in "${service}" but emits ${event.type}, an event of ` +
          `"${event.service}". Let "${service}" declare an event of its own and emit that.`,
      ];
    }
    return misfit(flow, event, `${nameOf(reaction)} emits`);
  }),
  ...flow.reactions.flatMap((reaction) =>
    misfit(flow, reaction.on, `${nameOf(reaction)} reacts to`),
  ),
];

/** An event as somebody uses it against the one that its service declares. */
function misfit({ events }: FlowShape, event: EventContract, use: string): string[] {
  const { type, service } = event;
  const declared = events.find((other) => other.type === type);
  if (!declared) {
    return [
      `${use} ${type}, which "${service}" does not declare. Add it to the events of "${service}".`,
    ];
  }
  const difference = differenceOf(declared, event);
  return difference
    ? [
        `${use} another ${type} than is declared: ${difference}. Use the contract of "${declared.service}".`,
      ]
    : [];
}
