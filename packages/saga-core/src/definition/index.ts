export { checkDefinition, DefinitionError } from './check.ts';
export { defineSaga } from './define-saga.ts';
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
  type RequestContext,
  type StepClass,
  type StepDefinition,
  type Work,
  workName,
} from './step.ts';
