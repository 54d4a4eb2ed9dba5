import { clearFaults } from './api.ts';
import { expect, test } from './fixtures.ts';
import { seedMany } from './many-sagas.ts';

/** None of them has a log: more than are listed. */
const seeds = 1_200;

test('the audit names what is broken, with its saga and rows, and says when', async ({
  page,
  request,
  stack,
}) => {
  await clearFaults(request);
  const removeSeeds = await seedMany(stack.databaseUrl, seeds);
  try {
    await page.goto('/audit');
    const log = page.locator('.inv-list > li', { hasText: "Each saga's log counts from 1" });
    await expect(log.getByText('Broken', { exact: true })).toBeVisible();
    await expect(log.getByText(/and 1.180 more/)).toBeVisible();
    await expect(log.getByRole('link', { name: /^saga_/ }).first()).toBeVisible();
    await expect(log.getByRole('link', { name: /^Rows of saga/ }).first()).toHaveAttribute(
      'href',
      /^\/sagas\/[0-9a-f-]{36}\?tab=ledger$/,
    );
    await expect(page.getByText(/checked at .*, in \d+\.\d s$/)).toBeVisible();

    // Everybody who opens the overview is given one report.
    const latest = encodeURIComponent(JSON.stringify({ latest: true }));
    const reports = await Promise.all(
      Array.from({ length: 4 }, () => request.get(`/api/trpc/audit.run?input=${latest}`)),
    );
    const bodies = await Promise.all(reports.map((report) => report.text()));
    expect(new Set(bodies).size).toBe(1);
  } finally {
    await removeSeeds();
  }
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByText(/and 1.180 more/)).toHaveCount(0);
});
