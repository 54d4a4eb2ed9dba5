import { setTimeout as delay } from 'node:timers/promises';
import { urlsFrom } from '@counterstep/services/databases';
import { log } from './log.ts';
import { createWorker, type Worker } from './worker.ts';

/** A worker that finds no database tries again this often. */
const restartMs = 500;
const graceMs = 20_000;
const stopMsMax = 15_000;

let current: Worker | undefined;
let ending = false;

/** Drains once; a second request, or a drain that takes too long, ends the process at once. */
function end(): void {
  if (ending) process.exit(1);
  ending = true;
  setTimeout(() => process.exit(1), graceMs).unref();
  Promise.resolve(current?.stop()).then(
    () => process.exit(0),
    (error: unknown) => {
      log.error('worker', error);
      process.exit(1);
    },
  );
}

process.on('SIGTERM', end);
process.on('SIGINT', end);
// Whoever started this process is gone: end with it, in good order.
process.on('disconnect', end);

const urls = urlsFrom(process.env);
// One incarnation after another: one that the database has given up holds nothing and starts anew.
while (!ending) {
  const worker = createWorker(urls);
  current = worker;
  try {
    await worker.start();
    await worker.expelled;
    log.info('worker', 'the database has given this worker up; it starts anew');
  } catch (error) {
    log.error('worker', error);
  }
  if (ending) break;
  // A part that does not end, its database being unreachable, ends with the process.
  const ended = worker.stop().then(() => true);
  const isOver = await Promise.race([ended, delay(stopMsMax, false, { ref: false })]);
  if (!isOver) process.exit(1);
  await delay(restartMs);
}
