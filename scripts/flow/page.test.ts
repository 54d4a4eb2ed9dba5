import { readFile } from 'node:fs/promises';
import { flowGraph, flowToMermaid } from '@counterstep/saga-core/choreography';
import { flows } from '@counterstep/services/flows';
import { expect, it } from 'vitest';
import { flowPage, flowPagePath } from './page.ts';

const graphs = flows.map(flowGraph);

it('docs/flow.md shows the flow that the code declares; `pnpm flow --write` brings it up to date', async () => {
  expect(await readFile(flowPagePath, 'utf8')).toBe(await flowPage(graphs));
});

it('the page holds every service, operation and event', async () => {
  const page = await flowPage(graphs);
  for (const { steps, events } of graphs) {
    for (const { service, operation } of steps)
      expect(page).toContain(`${service}<br/>${operation}`);
    for (const { type } of events) expect(page.split(type).length).toBeGreaterThan(2);
  }
});

it('the diagram tells the two ways apart and marks the pivot', () => {
  const [diagram = ''] = graphs.map(flowToMermaid);
  expect(diagram).toMatch(/^flowchart TB\n/);
  expect(diagram).toMatch(/n\d+ -->\|"PaymentProcessed"\| n\d+\n/);
  expect(diagram).toMatch(/n\d+ -\.->\|"PaymentRefunded"\| n\d+\n/);
  expect(diagram).toMatch(
    /n\d+\{\{"shipment<br\/>shipment.initiate<br\/>point of no return"\}\}:::pivot/,
  );
});
