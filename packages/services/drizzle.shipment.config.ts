import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/shipment/schema.ts',
  out: './migrations/shipment',
});
