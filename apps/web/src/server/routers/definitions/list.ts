import { shapeOf } from '@counterstep/db/read';
import type { AnySaga } from '@counterstep/saga-core/definition';
import { sagas } from '@counterstep/services/sagas';
import { procedure } from '../../trpc.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { startHint } from './start-hint.ts';

/** The sagas that this process has code for, each with its versions, newest first. */
export const list = procedure.query(() => {
  const names = [...new Set(sagas.all.map(({ name }) => name))];
  return names.map((name) => {
    const hint = startHint(name);
    return {
      name,
      ...(hint !== undefined && { startHint: hint }),
      versions: sagas.all
        .filter((saga) => saga.name === name)
        .toSorted((a, b) => b.version - a.version)
        .map(describe),
    };
  });
});

function describe(saga: AnySaga) {
  const { version, deadlineMs, input, steps } = saga;
  return {
    version,
    ...(deadlineMs !== undefined && { deadlineMs }),
    input: jsonSchemaOf(input),
    steps: shapeOf(saga),
    signals: steps.flatMap(({ name, action }) =>
      action.kind === 'signal'
        ? [
            {
              name,
              payload: jsonSchemaOf(action.schema),
              onTimeout: action.onTimeout,
              ...(action.timeoutMs !== undefined && { timeoutMs: action.timeoutMs }),
            },
          ]
        : [],
    ),
  };
}
