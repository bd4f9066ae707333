import { Command } from 'cmdk';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { Icon } from '#renderer/ui/icon.tsx';
import './pick-list.css';

export interface Pick {
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  readonly hint: string;
  readonly group: string;
  /** Why it cannot be chosen. */
  readonly refusal?: string;
}

interface PickListProps {
  readonly label: string;
  readonly placeholder: string;
  /** What is said where nothing is offered. */
  readonly none?: string;
  readonly at: { readonly x: number; readonly y: number } | null;
  /** What is offered for the words typed. */
  find(text: string): readonly Pick[];
  onPick(id: string): void;
  onClose(): void;
}

/** A searchable list near the pointer: type, arrows, Enter; Escape leaves. */
export function PickList({
  label,
  placeholder,
  none = 'Nothing is called that.',
  at,
  find,
  onPick,
  onClose,
}: PickListProps): ReactElement {
  const [text, setText] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const leave = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Element)) onClose();
    };
    window.addEventListener('pointerdown', leave, true);
    return () => window.removeEventListener('pointerdown', leave, true);
  }, [onClose]);
  const picks = find(text).slice(0, 80);
  const groups = [...new Set(picks.map((pick) => pick.group))];
  const place =
    at === null
      ? undefined
      : {
          left: Math.max(8, Math.min(at.x, window.innerWidth - 348)),
          top: Math.max(8, Math.min(at.y, window.innerHeight - 380)),
        };
  return (
    <div ref={box} className={`picks ${at === null ? 'picks-middle' : ''}`} style={place}>
      <Command
        label={label}
        shouldFilter={false}
        loop
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape' || event.key === 'Tab') {
            event.preventDefault();
            onClose();
          }
        }}
      >
        <Command.Input autoFocus value={text} onValueChange={setText} placeholder={placeholder} />
        <Command.List>
          <Command.Empty>{none}</Command.Empty>
          {groups.map((group) => (
            <Command.Group key={group} heading={group}>
              {picks
                .filter((pick) => pick.group === group)
                .map((pick) => (
                  <Command.Item
                    key={pick.id}
                    value={pick.id}
                    disabled={pick.refusal !== undefined}
                    onSelect={() => onPick(pick.id)}
                  >
                    <Icon name={pick.icon} size={15} />
                    <span className="pick-title" title={pick.title}>
                      {pick.title}
                    </span>
                    {pick.refusal === undefined ? (
                      <span className="pick-hint truncate">{pick.hint}</span>
                    ) : (
                      <span className="pick-refusal">{pick.refusal}</span>
                    )}
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </div>
  );
}
