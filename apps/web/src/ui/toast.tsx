'use client';

import Link from 'next/link';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { Icon, type IconName } from './icon.tsx';

interface Toast {
  readonly id: number;
  /** A cross: it did not happen. Such a toast stays until somebody dismisses it. */
  readonly icon: IconName;
  readonly title: string;
  readonly detail?: string;
  /** Where what came of it can be seen. */
  readonly href?: string;
}

type Show = (toast: Omit<Toast, 'id'>) => void;

const shownMs = 6_000;
const shownMax = 3;
const Context = createContext<Show>(() => undefined);

export const useToast = () => useContext(Context);

/** What came of an act whose place on the page may be gone by then. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const shown = useRef(0);
  const drop = useCallback((id: number) => {
    setToasts((all) => all.filter((toast) => toast.id !== id));
  }, []);
  const show = useCallback<Show>((toast) => {
    shown.current += 1;
    const id = shown.current;
    setToasts((all) => [...all, { ...toast, id }].slice(-shownMax));
  }, []);
  return (
    <Context value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDrop={drop} />
        ))}
      </div>
    </Context>
  );
}

interface ToastCardProps {
  readonly toast: Toast;
  readonly onDrop: (id: number) => void;
}

/** Goes by itself, but not while somebody points at it or has the focus in it. */
function ToastCard({ toast, onDrop }: ToastCardProps) {
  const { id, icon, title, detail, href } = toast;
  const [isHeld, setHeld] = useState(false);
  const stays = isHeld || icon === 'cross';
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => onDrop(id), shownMs);
    return () => clearTimeout(timer);
  }, [stays, id, onDrop]);
  return (
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={icon} {...(icon === 'cross' && { className: 'c-stuck' })} />
      <span>
        {title}
        {detail && <small>{detail}</small>}
      </span>
      <span className="toast-acts">
        {href && (
          <Link className="lk" href={href} onClick={() => onDrop(id)}>
            Open
          </Link>
        )}
        <button type="button" className="ib" aria-label="Dismiss" onClick={() => onDrop(id)}>
          <Icon name="cross" />
        </button>
      </span>
    </div>
  );
}
