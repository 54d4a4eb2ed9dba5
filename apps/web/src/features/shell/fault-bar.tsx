'use client';

import Link from 'next/link';
import { FaultSentence } from '@/features/failures/fault-sentence.tsx';
import { useFaults } from '@/features/failures/use-faults.ts';
import { plural } from '@/lib/format.ts';
import { Icon } from '@/ui/icon.tsx';

const shownMax = 2;

/** On every page while anything fails on purpose, so that nobody takes it for real. */
export function FaultBar() {
  const { faults, clearAll, isBusy } = useFaults();
  if (faults.length === 0) return null;
  const services = [...new Set(faults.map(({ service }) => service))];
  return (
    <div className="faultbar" role="region" aria-label="Active faults">
      <Icon name="bolt" />
      <p className="txt">
        <Link href="/failures">
          <b>{plural(faults.length, 'fault')} active</b>
        </Link>
        <span className="fb-short"> on {services.join(' and ')}</span>
        <span className="fb-one">. </span>
        {faults.slice(0, shownMax).map((fault) => (
          <span key={fault.id} className="fb-one">
            <FaultSentence fault={fault} />{' '}
          </span>
        ))}
        {faults.length > shownMax && (
          <span className="fb-one">And {faults.length - shownMax} more.</span>
        )}
      </p>
      <button type="button" className="btn sm amber" disabled={isBusy} onClick={clearAll}>
        Clear all
      </button>
    </div>
  );
}
