import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/inventory/schema.ts',
  out: './migrations/inventory',
});
