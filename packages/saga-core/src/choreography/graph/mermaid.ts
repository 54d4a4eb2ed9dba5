import type { EventNode, FlowGraph, StepNode, Way } from './graph.ts';

/** Colours of the dashboard that hold on a light ground as on a dark one. */
const green = '#189074';
const violet = '#8759d6';

const styles = [
  `classDef forward stroke:${green},stroke-width:2px`,
  `classDef back stroke:${violet},stroke-width:2px,stroke-dasharray:5 3`,
  `classDef pivot stroke:${green},stroke-width:5px`,
  'classDef event stroke:none,fill:none',
];

/**
 * The graph as a Mermaid flowchart: boxes are services at work, arrows are events. Forward arrows are
 * solid, those of the way back dotted; the pivot is a hexagon with a thick edge.
 */
export function flowToMermaid(graph: FlowGraph): string {
  const names = new Map(
    [...graph.steps, ...graph.events].map(({ id }, index) => [id, `n${index + 1}`]),
  );
  const nameOf = (id: string): string => names.get(id) ?? id;
  const arrows = graph.events.flatMap((event) => arrowsOf(graph, event));
  const links = (way: Way): string =>
    arrows.flatMap((arrow, index) => (arrow.way === way ? [index] : [])).join(',');
  const outer = graph.events.filter(({ role, isEnd }) => role === 'start' || isEnd);
  const linkStyles = (['forward', 'back'] as const).flatMap((way) =>
    links(way)
      ? [`linkStyle ${links(way)} stroke:${way === 'forward' ? green : violet},stroke-width:2px`]
      : [],
  );
  return [
    'flowchart TB',
    ...[
      ...graph.steps.map((step) => boxOf(step, nameOf(step.id))),
      ...outer.map(({ id, type }) => `${nameOf(id)}([${quoted(type)}]):::event`),
      ...arrows.map(({ from, to, way, label }) => {
        const line = way === 'forward' ? '-->' : '-.->';
        return `${nameOf(from)} ${line}${label ? `|${quoted(label)}|` : ''} ${nameOf(to)}`;
      }),
      ...styles,
      ...linkStyles,
    ].map((line) => `  ${line}`),
    '',
  ].join('\n');
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly way: Way;
  readonly label?: string;
}

/** From each who emits it to each who reacts to it; the first and the last events are boxes of their own. */
function arrowsOf({ edges }: FlowGraph, { id, type, way, role, isEnd }: EventNode): Arrow[] {
  const emitters = edges.filter(({ to }) => to === id).map(({ from }) => from);
  const readers = edges.filter(({ from }) => from === id).map(({ to }) => to);
  if (role === 'start') return readers.map((to) => ({ from: id, to, way }));
  if (isEnd) return emitters.map((from) => ({ from, to: id, way }));
  return emitters.flatMap((from) => readers.map((to) => ({ from, to, way, label: type })));
}

function boxOf({ service, operation, class: kind, way }: StepNode, name: string): string {
  const isPivot = kind === 'pivot';
  const text = quoted(`${service}<br/>${operation}${isPivot ? '<br/>point of no return' : ''}`);
  return isPivot ? `${name}{{${text}}}:::pivot` : `${name}[${text}]:::${way}`;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;
