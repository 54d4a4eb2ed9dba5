import { FailuresPage } from '@/features/failures/failures-page.tsx';

export const metadata = { title: 'Failures' };

export default function Page() {
  return <FailuresPage />;
}
