import type { ReactNode } from 'react';

interface CardProps {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
  readonly label?: string;
}

export function Card({ title, note, aside, className = '', children, label }: CardProps) {
  return (
    <section className={`card ${className}`} {...(label && { 'aria-label': label })}>
      <header className="ch">
        <h2>{title}</h2>
        {note && <p>{note}</p>}
        {aside && <div className="cr">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
