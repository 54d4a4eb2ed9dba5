export { defaultFaults, type Faults } from './faults.ts';
export { simulate, type SimulateOptions, type SimulationReport } from './simulate.ts';
