// Runs a command that knows nothing of us, and ends it when whoever started this process is gone.
// Plain JavaScript: it starts without a loader. Arguments: command, its arguments.
import { spawn } from 'node:child_process';

const graceMs = 3_000;
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));

// The whole group gets these signals; this process only has to live until the command has ended.
process.on('SIGTERM', () => undefined);
process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  child.kill('SIGTERM');
  setTimeout(() => {
    child.kill('SIGKILL');
    process.exit(1);
  }, graceMs).unref();
});
