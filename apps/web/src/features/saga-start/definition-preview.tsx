import type { Definition } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon, type IconName } from '@/ui/icon.tsx';

type Version = Definition['versions'][number];
type Step = Version['steps'][number];

/** What will be done, what is waited for, and what would undo it. */
export function DefinitionPreview({ version }: { version: Version }) {
  return (
    <Card title="What will happen">
      <table className="dense preview">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">If it turns back</th>
          </tr>
        </thead>
        <tbody>
          {version.steps.map((step) => (
            <tr key={step.name}>
              <td>
                <span className={step.class === 'wait' ? 'st c-wait' : 'st c-forward'}>
                  <Icon name={iconOf(step)} />
                  <code className="op">{step.name}</code>
                </span>{' '}
                {step.group && <span className="mute">{step.group.name}, at once</span>}
              </td>
              <td>
                {step.counterOperation ? (
                  <span className="st c-back">
                    <Icon name="left" />
                    undone
                  </span>
                ) : (
                  <span className="mute">{without(step)}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function iconOf({ kind }: Step): IconName {
  if (kind === 'sleep') return 'clock';
  return kind === 'signal' ? 'letter' : 'right';
}

function without({ class: its, kind }: Step): string {
  if (kind === 'sleep') return 'only sleeps';
  if (kind === 'signal') return 'only waits for a signal';
  return its === 'pivot' ? 'pivot: past it there is no way back' : 'retried until it is done';
}
