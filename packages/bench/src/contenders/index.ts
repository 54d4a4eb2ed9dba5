import { fileURLToPath } from 'node:url';
import type { OrderStyle } from '@counterstep/services/place-order';
import { openProcess } from '../process/client.ts';
import { assertSound } from '../sound.ts';
import type { Stack } from '../stack.ts';
import type { Contender } from './contender.ts';
import { idleLatencies, runLaunch } from './counterstep.ts';
import { installPeers, peerModule } from './peers.ts';
import { runRaw } from './raw.ts';

/** Those that come with this repository. */
export const own = [
  'raw',
  'counterstep',
  'counterstep-single',
  'counterstep-choreography',
] as const;
/** Those that are installed by the first run that asks for one. */
export const peers = ['dbos', 'restate', 'openworkflow'] as const;

export type ContenderName = (typeof own)[number] | (typeof peers)[number];
export const contenderNames: readonly ContenderName[] = [...own, ...peers];

/** Orders in flight. Ours decides by itself; of the raw loop the better of both counts. */
const rawInFlight = [64, 128];
const singleInFlight = 512;
const peerInFlight = 128;

export async function openContender(stack: Stack, name: ContenderName): Promise<Contender> {
  switch (name) {
    case 'raw':
      return openRaw(stack);
    case 'counterstep':
      return launched(stack, name, 'orchestration');
    case 'counterstep-choreography':
      return launched(stack, name, 'choreography');
    case 'counterstep-single': {
      const module = fileURLToPath(new URL('../single/main.ts', import.meta.url));
      return openProcess(stack, { name, module, inFlight: singleInFlight });
    }
    case 'dbos':
    case 'restate':
    case 'openworkflow':
      await installPeers();
      return openProcess(stack, { name, module: peerModule(name), inFlight: peerInFlight });
  }
}

async function openRaw(stack: Stack): Promise<Contender> {
  const url = await stack.createDatabase('raw_loop');
  return {
    name: 'raw',
    passes: rawInFlight.length,
    async run(count) {
      const rates: number[] = [];
      for (const inFlight of rawInFlight) rates.push(await runRaw(url, count, inFlight));
      return Math.max(...rates);
    },
  };
}

const launched = (stack: Stack, name: string, style: OrderStyle): Contender => ({
  name,
  run: (count) => runLaunch(stack, style, count),
  check: () => assertSound(stack),
  idle: (count) => idleLatencies(stack, style, count),
});
