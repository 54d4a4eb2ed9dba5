import { type ReactNode, type ToggleEvent, useId, useRef } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface PopupProps {
  readonly icon: IconName;
  readonly word: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A button and what opens under it: the browser's own popover, so Esc and a press elsewhere close it. */
export function Popup({ icon, word, className = '', children }: PopupProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  // On top of everything, yet at a place of the page: it scrolls with its button.
  const place = ({ newState, currentTarget }: ToggleEvent<HTMLDivElement>) => {
    if (newState !== 'open' || !button.current) return;
    const { bottom, right } = button.current.getBoundingClientRect();
    currentTarget.style.top = `${bottom + window.scrollY + 6}px`;
    currentTarget.style.right = `${document.documentElement.clientWidth - right}px`;
  };
  return (
    <>
      <button ref={button} type="button" className={`btn ${className}`} popoverTarget={id}>
        <Icon name={icon} />
        {word}
      </button>
      <div
        id={id}
        popover="auto"
        role="group"
        className="popup"
        aria-label={word}
        onBeforeToggle={place}
      >
        {children}
      </div>
    </>
  );
}
