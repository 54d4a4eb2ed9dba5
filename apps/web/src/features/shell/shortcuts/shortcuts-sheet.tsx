'use client';

import './shortcuts.css';
import { sections, type ShortcutId, shortcuts } from '@/lib/shortcuts/shortcuts.ts';
import { setSingleKeys, useSingleKeys } from '@/lib/shortcuts/single-keys.ts';
import { Dialog } from '@/ui/dialog.tsx';
import { Keys } from '@/ui/keys.tsx';

const ids = Object.keys(shortcuts) as ShortcutId[];

/** Every shortcut there is, and the switch for those of a single key. */
export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const isOn = useSingleKeys();
  return (
    <Dialog className="shortcuts" label="Shortcuts" onClose={onClose}>
      <header>
        <h2>Shortcuts</h2>
        <button type="button" className="btn sm ghost" onClick={onClose}>
          Close
        </button>
      </header>
      <div className="sc-sections">
        {sections.map(({ where, title }) => (
          <section key={where} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {ids
                .filter((id) => shortcuts[id].where === where)
                .map((id) => (
                  <div key={id}>
                    <dt>
                      <Keys of={id} />
                    </dt>
                    <dd>{shortcuts[id].does}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="sc-switch">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => setSingleKeys(event.target.checked)}
        />
        <span>
          Single keys are shortcuts
          <small>
            Off: only those with {'Ctrl or ⌘'} remain. For those who speak to their machine.
          </small>
        </span>
      </label>
    </Dialog>
  );
}
