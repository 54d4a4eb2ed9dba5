export { type Flow, flowsOf, type Flows } from './flow.ts';
export { foldMessages } from './fold.ts';
export { type Addressee, readChoreographyMail } from './letters.ts';
