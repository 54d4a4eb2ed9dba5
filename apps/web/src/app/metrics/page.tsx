import { MetricsPage } from '@/features/metrics/metrics-page.tsx';

export const metadata = { title: 'Metrics' };

export default function Page() {
  return <MetricsPage />;
}
