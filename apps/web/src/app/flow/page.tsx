import { FlowPage } from '@/features/flow/flow-page.tsx';

export const metadata = { title: 'Flow' };

export default function Page() {
  return <FlowPage />;
}
