export { participantTables, partitions } from './participant-tables.ts';
export * as sagaTables from './saga-tables.ts';
export * as trackerTables from './tracker-tables.ts';
