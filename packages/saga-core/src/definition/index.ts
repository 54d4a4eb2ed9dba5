export { checkDefinition, DefinitionError, isSpan } from './check.ts';
export { defineSaga } from './define-saga.ts';
export { type AnySaga, createRegistry, type Registry } from './registry.ts';
export { backoffMs, defaultCompensationRetry, defaultRetry, type RetryPolicy } from './retry.ts';
export {
  definitionKey,
  type SagaDefinition,
  type SagaKeys,
  type SagaShape,
  stepOf,
} from './saga.ts';
export {
  asJson,
  type CallContext,
  type FunctionWork,
  type OperationWork,
  type ProbeAnswer,
  type RequestContext,
  type SignalWork,
  type SleepWork,
  type StepAction,
  type StepClass,
  type StepDefinition,
  type StepGroup,
  type Work,
  workName,
} from './step.ts';
