import { router } from '../../trpc.ts';
import { cancel } from './cancel.ts';
import { causes } from './causes.ts';
import { compensate } from './compensate.ts';
import { counts } from './counts.ts';
import { events } from './events.ts';
import { feed } from './feed.ts';
import { get } from './get.ts';
import { ledger } from './ledger.ts';
import { list } from './list.ts';
import { operateMany } from './operate-many.ts';
import { pause } from './pause.ts';
import { preview } from './preview.ts';
import { previewMany } from './preview-many.ts';
import { resolve } from './resolve.ts';
import { resume } from './resume.ts';
import { retry } from './retry.ts';
import { settle } from './settle.ts';
import { signal } from './signal.ts';
import { skip } from './skip.ts';
import { start } from './start.ts';
import { takeOver } from './take-over.ts';
import { watch } from './watch.ts';

export const sagasRouter = router({
  get,
  events,
  ledger,
  list,
  counts,
  causes,
  start,
  signal,
  cancel,
  pause,
  resume,
  retry,
  skip,
  settle,
  compensate,
  resolve,
  takeOver,
  preview,
  previewMany,
  operateMany,
  watch,
  feed,
});
