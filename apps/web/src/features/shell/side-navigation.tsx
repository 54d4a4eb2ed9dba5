'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { count } from '@/lib/format.ts';
import { useTRPC } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { Keys } from '@/ui/keys.tsx';
import { activeStatuses } from '@/ui/status.ts';
import { Brand } from './brand.tsx';
import { isAt, mainPlaces, morePlaces, type Place } from './places.ts';

export function SideNavigation() {
  return (
    <nav className="side" aria-label="Main">
      <Brand />
      <Link className="btn wide new-order" href="/orders/new">
        <Icon name="plus" />
        Place an order
        <Keys of="order" />
      </Link>
      <Places places={mainPlaces} />
      <Places places={morePlaces} />
      <div className="env">
        <span>sagas on Postgres</span>
        <span>operator</span>
      </div>
    </nav>
  );
}

function Places({ places }: { places: readonly Place[] }) {
  const pathname = usePathname();
  return (
    <ul>
      {places.map(({ href, word, icon }) => (
        <li key={href}>
          <Link
            href={href}
            title={word}
            {...(isAt(pathname, href) && { 'aria-current': 'page' as const })}
          >
            <Icon name={icon} />
            <span>{word}</span>
            <PlaceCount href={href} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function PlaceCount({ href }: { href: string }): ReactNode {
  if (href === '/sagas') return <ActiveCount />;
  return href === '/failures' ? <FaultCount /> : null;
}

function ActiveCount() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.sagas.counts.queryOptions());
  const active = activeStatuses.reduce((sum, status) => sum + (data?.[status] ?? 0), 0);
  if (active === 0) return null;
  return (
    <span className="cnt">
      {count(active)}
      <span className="vh"> active</span>
    </span>
  );
}

function FaultCount() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.faults.list.queryOptions());
  if (!data || data.length === 0) return null;
  return (
    <span className="cnt cnt-fault">
      {data.length}
      <span className="vh"> active</span>
    </span>
  );
}
