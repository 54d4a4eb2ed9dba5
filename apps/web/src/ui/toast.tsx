'use client';

import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface Toast {
  readonly id: number;
  readonly icon: IconName;
  readonly title: string;
  readonly detail?: string;
}

type Show = (toast: Omit<Toast, 'id'>) => void;

const shownMs = 6_000;
const shownMax = 3;
const Context = createContext<Show>(() => undefined);

export const useToast = () => useContext(Context);

/** What came of an act whose place on the page may be gone by then. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const drop = useCallback((id: number) => {
    setToasts((all) => all.filter((toast) => toast.id !== id));
  }, []);
  const show = useCallback<Show>(
    (toast) => {
      const id = Date.now() + Math.random();
      setToasts((all) => [...all, { ...toast, id }].slice(-shownMax));
      setTimeout(() => drop(id), shownMs);
    },
    [drop],
  );
  return (
    <Context value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className="toast">
            <Icon name={toast.icon} />
            <span>
              {toast.title}
              {toast.detail && <small>{toast.detail}</small>}
            </span>
            <button
              type="button"
              className="ib"
              aria-label="Dismiss"
              onClick={() => drop(toast.id)}
            >
              <Icon name="cross" />
            </button>
          </div>
        ))}
      </div>
    </Context>
  );
}
