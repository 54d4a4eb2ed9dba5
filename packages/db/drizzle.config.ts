import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/schema/saga-tables.ts',
  out: './migrations',
  schemaFilter: ['saga'],
});
