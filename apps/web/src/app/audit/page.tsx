import { AuditPage } from '@/features/audit/audit-page.tsx';

export const metadata = { title: 'Audit' };

export default function Page() {
  return <AuditPage />;
}
