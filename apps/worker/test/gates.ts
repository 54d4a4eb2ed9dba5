import type { ServiceParticipant } from '@counterstep/db/barrier';

/** A call that waits where it is until the test lets it through. */
interface Gate {
  /** The call is there. */
  readonly arrived: Promise<void>;
  /** It has gone through, and its effect is committed. */
  readonly passed: Promise<void>;
  open(): void;
}

interface HeldGate extends Gate {
  readonly isOpen: Promise<void>;
  arrive(): void;
  pass(): void;
}

/** Gates before the operations of services, and before the closing of keys, one saga at a time. */
export interface Gates {
  /** @param what an operation, or `close` */
  hold(sagaId: string, what: string): Gate;
  around(participant: ServiceParticipant): ServiceParticipant;
}

export function createGates(): Gates {
  const gates = new Map<string, HeldGate>();

  async function through<T>(sagaId: string, what: string, call: () => Promise<T>): Promise<T> {
    const gate = gates.get(`${sagaId} ${what}`);
    gate?.arrive();
    await gate?.isOpen;
    const result = await call();
    gate?.pass();
    return result;
  }

  return {
    hold(sagaId, what) {
      const [arrived, arrive] = signal();
      const [isOpen, open] = signal();
      const [passed, pass] = signal();
      const gate = { arrived, arrive, isOpen, open, passed, pass };
      gates.set(`${sagaId} ${what}`, gate);
      return gate;
    },
    around: (participant) => ({
      ...participant,
      execute: (command, caller, reaction) =>
        through(command.sagaId, command.operation, () =>
          participant.execute(command, caller, reaction),
        ),
      giveUp: (key, given) => through(key.sagaId, 'close', () => participant.giveUp(key, given)),
    }),
  };
}

function signal(): [Promise<void>, () => void] {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return [given, give];
}
