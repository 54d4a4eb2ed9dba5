export { createFaultGate, type FaultGate } from './gate.ts';
export { clearFaults, type FaultSelection, listFaults, type NewFault, setFault } from './manage.ts';
export { type Fault, type FaultDecision, type FaultKind, faultKinds } from './rule.ts';
