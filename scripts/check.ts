import { createTerminal } from './stack/terminal.ts';
import { runChecks } from './test/checks.ts';
import { sum } from './test/tally.ts';

const terminal = createTerminal();
terminal.heading('Checks');
const { passed, failed } = sum(await runChecks(terminal));
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
