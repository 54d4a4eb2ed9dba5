import path from 'node:path';
import { type FlowGraph, flowToMermaid } from '@counterstep/saga-core/choreography';
import { format, resolveConfig } from 'prettier';
import { repository } from '../stack/paths.ts';

export const flowPagePath = path.join(repository, 'docs/flow.md');

/** The declared flows as a page: for each a diagram and its table twin, in the form that `format` leaves alone. */
export async function flowPage(graphs: readonly FlowGraph[]): Promise<string> {
  const page = [
    '# Declared flow',
    'Written by `pnpm flow --write` from the reactions that stand next to each service’s code; a test ' +
      'fails when the two differ. Boxes are services at work, arrows are the events between them. Solid ' +
      'arrows go forward, dotted ones are the way back; the thick edge marks the point of no return.',
    ...graphs.flatMap((graph) => [
      `## ${graph.definition}, version ${graph.version}`,
      `\`\`\`mermaid\n${flowToMermaid(graph)}\`\`\``,
      tableOf(graph),
    ]),
  ];
  const options = await resolveConfig(flowPagePath);
  return format(page.join('\n\n'), { ...options, filepath: flowPagePath });
}

function tableOf({ steps, events, edges }: FlowGraph): string {
  const typeOf = (id: string) => events.find((event) => event.id === id)?.type ?? id;
  const rows = steps.map((step) => {
    const from = (kind: string) =>
      edges
        .filter((edge) => edge.from === step.id && edge.kind === kind)
        .map(({ to }) => typeOf(to));
    const on = edges.filter(({ to }) => to === step.id).map(({ from: id }) => typeOf(id));
    const way = step.direction === 'action' ? step.class : 'counter-step';
    return [
      on.join(', '),
      step.service,
      `\`${step.operation}\``,
      way,
      from('emits').join(', '),
      from('rejects').join(', '),
    ];
  });
  const head = ['on', 'service', 'runs', 'as', 'applied', 'rejected'];
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
