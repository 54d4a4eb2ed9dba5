import { createTerminal } from './stack/terminal.ts';
import { checks } from './test/checks.ts';
import { runJobs } from './test/job.ts';
import { sum } from './test/tally.ts';

const terminal = createTerminal();
terminal.heading('Checks');
const { passed, failed } = sum([...(await runJobs(terminal, checks, 1)).values()]);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
