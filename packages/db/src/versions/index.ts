export { DefinitionChangedError, registerShapes } from './register.ts';
export { definitionHash } from './structure.ts';
