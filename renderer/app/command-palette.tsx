import { Command } from 'cmdk';
import type { ReactElement } from 'react';
import { shownKeys, type Action } from '#renderer/ui/action.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Icon } from '#renderer/ui/icon.tsx';

/** Every word that is typed must be in a command's name; where its words begin so, it comes first. */
function fit(name: string, typed: string): number {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const parts = name.toLowerCase().split(/[\s-]+/);
  if (!words.every((word) => parts.some((part) => part.includes(word)))) return 0;
  return words.every((word) => parts.some((part) => part.startsWith(word))) ? 1 : 0.5;
}

/** Everything that can be done now, by name. */
export function CommandPalette({ actions, onClose }: { actions: readonly Action[]; onClose(): void }): ReactElement {
  const offered = actions.filter((action) => action.disabled !== true);
  const groups = [...new Set(offered.map((action) => action.group))];
  return (
    <Dialog title="Commands" width={520} onClose={onClose}>
      <Command label="Commands" className="commands" loop filter={fit}>
        <Command.Input autoFocus placeholder="What should be done?" />
        <Command.List>
          <Command.Empty>No command is called that.</Command.Empty>
          {groups.map((group) => (
            <Command.Group key={group} heading={group}>
              {offered
                .filter((action) => action.group === group)
                .map((action) => (
                  <Command.Item
                    key={action.id}
                    value={`${action.title} ${action.id}`}
                    onSelect={() => {
                      onClose();
                      action.run();
                    }}
                  >
                    <Icon name={action.icon ?? 'circle-dot'} size={14} />
                    <span className="pick-title">{action.title}</span>
                    <span className="pick-hint">{shownKeys(action.keys[0] ?? '')}</span>
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}

const gestures: readonly (readonly [string, string])[] = [
  ['Drag on empty board', 'select'],
  ['Space or middle button, drag', 'move the board'],
  ['Wheel', 'move the board'],
  ['Ctrl+wheel', 'zoom'],
  ['Double-click on empty board', 'add a node here'],
  ['Drag a wire onto empty board', 'add what it fits'],
  ['Arrows', 'walk from node to node'],
  ['Alt+arrows', 'move the selection (with Shift: further)'],
  ['Alt+drag', 'drag a copy'],
  ['Ctrl+X, Ctrl+C, Ctrl+V', 'cut, copy, paste'],
  ['Escape while dragging a wire', 'let go of it'],
];

/** All keys and gestures on one sheet. */
export function Shortcuts({ actions, onClose }: { actions: readonly Action[]; onClose(): void }): ReactElement {
  const groups = [...new Set(actions.map((action) => action.group))];
  return (
    <Dialog title="Keys and gestures" width={760} onClose={onClose}>
      <div className="shortcuts">
        <section>
          <h3>Mouse and arrows</h3>
          <dl>
            {gestures.map(([gesture, what]) => (
              <div key={gesture}>
                <dt>{what}</dt>
                <dd>{gesture}</dd>
              </div>
            ))}
          </dl>
        </section>
        {groups.map((group) => {
          const keyed = actions.filter((action) => action.group === group && action.keys.length > 0);
          return keyed.length === 0 ? null : (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {keyed.map((action) => (
                  <div key={action.id}>
                    <dt>{action.title}</dt>
                    <dd>
                      <span className="kbd">{shownKeys(action.keys[0])}</span>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
