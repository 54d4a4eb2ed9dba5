import type { z } from 'zod';
import { DefinitionError } from './check.ts';
import { definitionKey, type SagaKeys, type SagaShape } from './saga.ts';

/** A definition whatever its input is: what starts and operates sagas by their name needs no more. */
export interface AnySaga extends SagaShape {
  readonly input: z.ZodType;
  readonly keys: (input: never) => SagaKeys;
}

/** The sagas that a process knows, several versions of one side by side. */
export interface Registry<Saga extends SagaShape = AnySaga> {
  readonly all: readonly Saga[];
  find(name: string, version: number): Saga | undefined;
  /** The highest version: what a new instance runs. */
  latest(name: string): Saga | undefined;
}

/** @throws DefinitionError when two definitions have the same name and version */
export function createRegistry<Saga extends SagaShape>(all: readonly Saga[]): Registry<Saga> {
  const byKey = new Map<string, Saga>();
  for (const definition of all) {
    const key = definitionKey(definition);
    if (byKey.has(key)) {
      throw new DefinitionError(
        `Two definitions are called ${key}; give the newer one a higher version.`,
      );
    }
    byKey.set(key, definition);
  }
  return {
    all,
    find: (name, version) => byKey.get(definitionKey({ name, version })),
    latest: (name) =>
      all
        .filter((definition) => definition.name === name)
        .toSorted((a, b) => b.version - a.version)[0],
  };
}
