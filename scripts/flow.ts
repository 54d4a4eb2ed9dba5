import { writeFile } from 'node:fs/promises';
import { flowGraph, flowToJson, flowToMermaid } from '@counterstep/saga-core/choreography';
import { flows } from '@counterstep/services/flows';
import { flowPage, flowPagePath } from './flow/page.ts';

// Prints the declared flow: as a page of Markdown, or with --mermaid or --json in that form alone.
// --write brings docs/flow.md up to date.
const usage = 'pnpm flow [--mermaid | --json | --write]';
const [option, ...more] = process.argv.slice(2);
const graphs = flows.map(flowGraph);

if (more.length > 0) refuse(`One option at a time: ${usage}`);
switch (option) {
  case undefined:
    process.stdout.write(await flowPage(graphs));
    break;
  case '--mermaid':
    process.stdout.write(graphs.map(flowToMermaid).join('\n'));
    break;
  case '--json':
    for (const graph of graphs) console.log(JSON.stringify(flowToJson(graph), null, 2));
    break;
  case '--write':
    await writeFile(flowPagePath, await flowPage(graphs));
    break;
  default:
    refuse(`Unknown option ${option}: ${usage}`);
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
