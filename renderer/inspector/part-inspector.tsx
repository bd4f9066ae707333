import type { ReactElement } from 'react';
import type { Frame, Note } from '#shared/contract/design.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { useReadOnly } from '#renderer/ui/read-only.ts';
import { Field, TitleField } from './field.tsx';

/** What a selected frame is called, and how much is in it. */
export function FrameInspector({
  frame,
  nodes,
  onTitle,
}: {
  frame: Frame;
  nodes: number;
  onTitle(title: string): void;
}): ReactElement {
  return (
    <header className="inspector-head">
      <h2>
        <Icon name="frame" size={16} />
        <TitleField label="Title of the frame" value={frame.title} onChange={onTitle} />
      </h2>
      <p className="quiet number">
        Frame · {nodes === 0 ? 'no nodes' : nodes === 1 ? '1 node' : `${nodes} nodes`} in it
      </p>
    </header>
  );
}

/** What a selected note says. */
export function NoteInspector({ note, onText }: { note: Note; onText(text: string): void }): ReactElement {
  return (
    <>
      <header className="inspector-head">
        <h2 className="inspector-plain">Note</h2>
        <p className="quiet">Stands on the board only: no run reads it</p>
      </header>
      <div className="inspector-body" tabIndex={0} role="group" aria-label="Details">
        <section className="inspector-section">
          <Field title="Text" of="note-text" wide>
            <textarea
              id="note-text"
              className="input"
              rows={10}
              readOnly={useReadOnly()}
              value={note.text.join('\n')}
              onChange={(event) => onText(event.target.value)}
            />
          </Field>
        </section>
      </div>
    </>
  );
}
