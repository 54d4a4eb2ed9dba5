import { setTimeout as delay } from 'node:timers/promises';
import { outboxHoursFrom, retentionFrom } from '@counterstep/db/retention';
import { stallPolicyFrom } from '@counterstep/db/tracker';
import { DefinitionChangedError } from '@counterstep/db/versions';
import { urlsFrom } from '@counterstep/services/databases';
import { sagas } from '@counterstep/services/sagas';
import { log } from './log.ts';
import { createWorker, type Worker, type WorkerOptions } from './worker.ts';

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

/** Whoever started this process must change something first: it says what, and is not tried again. */
const mustChange = 2;

function refuse({ message }: Error): never {
  console.error(message);
  process.exit(mustChange);
}

function readOptions(): WorkerOptions {
  try {
    return {
      retention: retentionFrom(process.env),
      outboxHours: outboxHoursFrom(process.env),
      stallPolicy: stallPolicyFrom(process.env),
    };
  } catch (error) {
    if (error instanceof TypeError) refuse(error);
    throw error;
  }
}

const urls = urlsFrom(process.env);
const options = readOptions();
// One incarnation after another: one that the database has given up holds nothing and starts anew.
while (!ending) {
  const worker = createWorker(urls, sagas.all, { ...options, predecessor: current?.id });
  current = worker;
  try {
    await worker.start();
    await worker.expelled;
    log.info('worker', 'the database has given this worker up; it starts anew');
  } catch (error) {
    // Nothing has been registered or claimed yet.
    if (error instanceof DefinitionChangedError) refuse(error);
    log.error('worker', error);
  }
  if (ending) break;
  // A part that does not end, its database being unreachable, ends with the process.
  const ended = worker.stop().then(() => true);
  const isOver = await Promise.race([ended, delay(stopMsMax, false, { ref: false })]);
  if (!isOver) process.exit(1);
  await delay(restartMs);
}
