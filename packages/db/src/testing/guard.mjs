// Outlives a test run that was killed, and removes the server and the folder it left behind.
// Plain JavaScript: it must start at once, without a loader. Arguments: folder, data folder.
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const [folder, dataDir] = process.argv.slice(2);
let released = false;

process.stdin.on('data', () => (released = true));
process.stdin.on('error', cleanUp);
process.stdin.on('end', cleanUp);

async function cleanUp() {
  // A start that was killed half-way may bring its server up a moment later.
  for (let round = 0; round < 10 && !released; round += 1) {
    const home = read(path.join(dataDir, 'location')) || dataDir;
    const pid = Number(read(path.join(home, 'cluster/postmaster.pid')).split('\n')[0]);
    // Immediate shutdown: nothing in there is worth saving.
    if (pid > 0) tryTo(() => process.kill(pid, 'SIGQUIT'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    tryTo(() => rmSync(home, { recursive: true, force: true }));
    tryTo(() => rmSync(folder, { recursive: true, force: true }));
  }
  process.exit(0);
}

function read(file) {
  return tryTo(() => readFileSync(file, 'utf8').trim()) ?? '';
}

function tryTo(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}
