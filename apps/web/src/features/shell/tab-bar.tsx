'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { Icon } from '@/ui/icon.tsx';
import { isAt, mainPlaces, morePlaces, type Place } from './places.ts';

const [overview, sagas, failures, ...rest] = mainPlaces;
const more = [...rest, ...morePlaces];

/** Navigation on small screens, at the thumb. */
export function TabBar() {
  const pathname = usePathname();
  const [isOpen, setOpen] = useState(false);
  const isMore = more.some(({ href }) => isAt(pathname, href));
  return (
    <nav className="tabbar" aria-label="Main, small screens">
      {isOpen && (
        <ul className="more" id="more-places">
          {more.map((place) => (
            <Tab key={place.href} place={place} onGo={() => setOpen(false)} />
          ))}
        </ul>
      )}
      <ul>
        <Tab place={overview} />
        <Tab place={sagas} />
        <li>
          <Link className="plus" href="/orders/new" aria-label="Place an order">
            <span>
              <Icon name="plus" />
            </span>
          </Link>
        </li>
        <Tab place={failures} />
        <li>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls="more-places"
            {...(isMore && { 'aria-current': 'page' as const })}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name="menu" />
            More
          </button>
        </li>
      </ul>
    </nav>
  );
}

function Tab({ place, onGo }: { place: Place | undefined; onGo?: () => void }) {
  const pathname = usePathname();
  if (!place) return null;
  const { href, word, icon } = place;
  return (
    <li>
      <Link
        href={href}
        {...(isAt(pathname, href) && { 'aria-current': 'page' as const })}
        {...(onGo && { onClick: onGo })}
      >
        <Icon name={icon} />
        {word}
      </Link>
    </li>
  );
}
