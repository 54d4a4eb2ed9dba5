import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/schema/saga-tables.ts', './src/schema/tracker-tables.ts'],
  out: './migrations',
  schemaFilter: ['saga'],
});
