import { memo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { portsOf, searchEntries, type PaletteEntry, type Port } from '#renderer/client/catalogue.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { useReadOnly } from '#renderer/ui/read-only.ts';
import './palette.css';

interface PaletteProps {
  /** How an entry travels while it is dragged. */
  readonly dragType: string;
  /** The component of the selected node, marked in the list. */
  readonly current: string | null;
  onAdd(entry: PaletteEntry): void;
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('input, .palette-entry')];
  rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(document.activeElement as HTMLElement) + step))]?.focus();
}

type EntryProps = Omit<PaletteProps, 'current'> & { readonly entry: PaletteEntry; readonly current: boolean };

/** What an entry is, and for a component what it needs and gives. */
function about({ summary, component }: PaletteEntry): string {
  if (component === undefined) return summary;
  const { inputs, outputs } = portsOf({ binding: { component, version: 1, params: {} } });
  const named = (ports: readonly Port[]): string =>
    ports.length === 0
      ? 'nothing'
      : ports.map((port) => `${port.types.join(' or ')}${port.optional ? ' (optional)' : ''}`).join(', ');
  const given = outputs.flatMap((port) => port.types).join(', ');
  return `${summary}\nNeeds ${named(inputs)}; gives ${given === '' ? 'nothing' : given}.`;
}

const Entry = memo(function Entry({ entry, dragType, current, onAdd }: EntryProps): ReactElement {
  const readOnly = useReadOnly();
  return (
    <li>
      <button
        type="button"
        className={`palette-entry ${current ? 'palette-current' : ''}`}
        tabIndex={-1}
        draggable={!readOnly}
        aria-disabled={readOnly}
        title={about(entry)}
        onClick={() => readOnly || onAdd(entry)}
        onDragStart={(event) => {
          event.dataTransfer.setData(dragType, entry.id);
          event.dataTransfer.setData(`${dragType}/${entry.id}`, '');
          event.dataTransfer.effectAllowed = 'copy';
        }}
      >
        <Icon name={entry.icon} size={15} />
        <span className="truncate">{entry.title}</span>
      </button>
    </li>
  );
});

/** What can be put on the board, by stage: dragged onto it, or onto a node to bind it; Enter adds to the middle. */
export const Palette = memo(function Palette({ dragType, current, onAdd }: PaletteProps): ReactElement {
  const readOnly = useReadOnly();
  const [text, setText] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const field = useRef<HTMLInputElement>(null);
  const found = searchEntries(text);
  const groups = [...new Set(found.map((entry) => entry.group))];
  const toggle = (group: string): void =>
    setOpen((before) =>
      before.has(group) ? new Set([...before].filter((one) => one !== group)) : new Set([...before, group]),
    );
  return (
    <div className="palette" onKeyDown={walk}>
      <label className="palette-search">
        <Icon name="search" size={14} />
        <input
          ref={field}
          aria-label="Search components and kinds"
          placeholder={readOnly ? 'Look up a component' : 'Add to the board'}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && found[0] !== undefined && !readOnly) onAdd(found[0]);
            if (event.key === 'Escape') setText('');
          }}
        />
        <span className="kbd">/</span>
      </label>
      <div className="palette-list">
        {groups.map((group) => {
          const drawn = group.startsWith('Draw: ');
          const shown = !drawn || text !== '' || open.has(group);
          return (
            <section key={group}>
              <h3>
                {drawn ? (
                  <button type="button" className="palette-group" aria-expanded={shown} onClick={() => toggle(group)}>
                    <Icon name={shown ? 'chevron-down' : 'chevron-right'} size={12} />
                    {group}
                  </button>
                ) : (
                  group
                )}
              </h3>
              {shown ? (
                <ul>
                  {found
                    .filter((entry) => entry.group === group)
                    .map((entry) => (
                      <Entry
                        key={entry.id}
                        entry={entry}
                        dragType={dragType}
                        current={entry.component !== undefined && entry.component === current}
                        onAdd={onAdd}
                      />
                    ))}
                </ul>
              ) : null}
            </section>
          );
        })}
        {found.length === 0 ? <p className="palette-none">Nothing is called “{text}”.</p> : null}
      </div>
    </div>
  );
});
