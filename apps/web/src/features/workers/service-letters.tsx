'use client';

import { useState } from 'react';
import { count, plural } from '@/lib/format.ts';
import { SagaLink } from '@/ui/id.tsx';
import { Moment } from '@/ui/moment.tsx';
import { RedriveForm } from './redrive-form.tsx';
import type { DeadLetter, Search, Service } from './use-dead-letters.ts';

interface ServiceLettersProps {
  readonly service: Service;
  readonly letters: readonly DeadLetter[];
  readonly total: number;
  readonly search: Search;
}

const keyOf = ({ messageId, step, direction }: DeadLetter) => `${messageId}/${step}/${direction}`;

/** The dead letters of one service, the oldest first, and what can be done about them. */
export function ServiceLetters({ service, letters, total, search }: ServiceLettersProps) {
  const [asked, setAsked] = useState<string>();
  const close = () => setAsked(undefined);
  const one = letters.find((letter) => keyOf(letter) === asked);
  return (
    <div className="service-letters" data-service={service}>
      <div className="head">
        <h3>{service}</h3>
        <span className="mute">
          {letters.length < total ? `the oldest ${letters.length} of ${count(total)}` : ''}
        </span>
        <button type="button" className="btn sm" onClick={() => setAsked('all')}>
          Redrive all {count(total)}
        </button>
      </div>
      {asked === 'all' && (
        <RedriveForm
          service={service}
          which={{ all: search }}
          verb={`Redrive ${plural(total, 'letter')}`}
          onClose={close}
        />
      )}
      {one && (
        <RedriveForm
          key={asked}
          service={service}
          which={{ one }}
          verb="Redrive 1 letter"
          onClose={close}
        />
      )}
      <div className="scroll-x" tabIndex={0} role="group" aria-label={`Dead letters of ${service}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Saga</th>
              <th scope="col">Message</th>
              <th scope="col">Step</th>
              <th scope="col">Error</th>
              <th scope="col" className="n">
                Attempts
              </th>
              <th scope="col">Dead since</th>
              <th scope="col">
                <span className="vh">Act</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {letters.map((letter) => (
              <LetterRow
                key={keyOf(letter)}
                letter={letter}
                onRedrive={() => setAsked(keyOf(letter))}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function LetterRow({ letter, onRedrive }: { letter: DeadLetter; onRedrive: () => void }) {
  const { sagaId, type, step, direction, error, attempts, diedAt } = letter;
  return (
    <tr>
      <td>
        <SagaLink id={sagaId} />
      </td>
      <td>{type}</td>
      <td className="nw">
        <code>{step}</code>
        {direction === 'compensation' && <span className="mute"> undo</span>}
      </td>
      <td>
        <code>{error.code}</code> <span className="mute">{error.message}</span>
      </td>
      <td className="n">{count(attempts)}</td>
      <td className="nw">
        <Moment at={diedAt} millis={false} />
      </td>
      <td>
        <button type="button" className="btn sm" onClick={onRedrive}>
          Redrive
        </button>
      </td>
    </tr>
  );
}
