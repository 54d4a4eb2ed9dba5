import { Suspense } from 'react';
import { ComparePage } from '@/features/compare/compare-page.tsx';

export const metadata = { title: 'Compare' };

export default function Page() {
  return (
    <Suspense>
      <ComparePage />
    </Suspense>
  );
}
