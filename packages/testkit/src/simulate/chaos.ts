import type { Cluster, SimulatedWorker } from '../cluster/index.ts';
import type { Faults } from './faults.ts';
import { operateSomehow, writeSomeLetter } from './people.ts';

/** Keeps as many workers running as there should be: a new process for each that has ended. */
export function keepWorkers(cluster: Cluster, count: number): void {
  const { sim } = cluster;
  const look = () => {
    const alive = cluster.workers.filter((worker) => !worker.isOver).length;
    for (let missing = count - alive; missing > 0; missing -= 1) cluster.start();
    sim.later(sim.delay(100, 1_000), 'supervisor', look);
  };
  look();
}

/** Strikes at workers and bothers sagas, for as long as it is rough. */
export function startChaos(cluster: Cluster, faults: Faults, isRough: () => boolean): void {
  const { sim } = cluster;
  const strike = (everyMs: number, label: string, blow: () => void) => {
    const again = () => {
      if (!isRough()) return;
      blow();
      sim.later(sim.delay(0, 2 * everyMs), label, again);
    };
    sim.later(sim.delay(0, 2 * everyMs), label, again);
  };
  const atSomeWorker = (blow: (worker: SimulatedWorker) => void) => () => {
    const alive = cluster.workers.filter(
      ({ isOver, process }) => !isOver && process.status === 'running',
    );
    if (alive.length > 0) blow(sim.random.pick(alive));
  };
  strike(
    faults.killEveryMs,
    'kill',
    atSomeWorker((worker) => worker.process.kill()),
  );
  strike(
    faults.stopEveryMs,
    'stop',
    atSomeWorker((worker) => worker.stop()),
  );
  strike(
    faults.pauseEveryMs,
    'pause',
    atSomeWorker(({ process }) => {
      process.pause();
      // Often longer than its lease: it goes on as a zombie.
      sim.later(sim.delay(500, 9_000), 'go on', () => process.resume());
    }),
  );
  strike(faults.letterEveryMs, 'letter', () => writeSomeLetter(cluster));
  strike(faults.operatorEveryMs, 'operator', () => operateSomehow(cluster));
}
