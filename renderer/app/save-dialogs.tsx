import { useState, type FormEvent, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { change } from '#renderer/board/store/document.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { say } from '#renderer/ui/toast.tsx';
import { useApp } from './app-context.ts';
import { fileNameFor, saveTab } from './saving.ts';
import type { OpenTab } from './workspace.ts';

/** Asks under which name a design is to be saved. */
export function SaveAsDialog({ tab, onClose }: { tab: OpenTab; onClose(): void }): ReactElement {
  const { connection } = useApp();
  const { path, design } = tab.document.getState();
  const [name, setName] = useState(path ?? fileNameFor(design.title));
  const [existing, setExisting] = useState<string | null>(null);
  const wanted = name.trim().endsWith('.runboard') ? name.trim() : `${name.trim()}.runboard`;
  const replace = existing === wanted;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void saveTab(connection, tab, { path: wanted, expectedDigest: null, replace }).then((outcome) => {
      if (outcome === 'saved') onClose();
      if (outcome === 'exists') setExisting(wanted);
    });
  };
  return (
    <Dialog
      title="Save the design"
      onClose={onClose}
      width={520}
      foot={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look={replace ? 'danger' : 'solid'} type="submit" form="save-as">
            {replace ? 'Replace the file' : 'Save'}
          </Button>
        </>
      }
    >
      <form id="save-as" onSubmit={submit} className="stack">
        <label htmlFor="save-name">File, in the folder where Runboard was started, or a whole path</label>
        <input
          id="save-name"
          className="input"
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {replace ? (
          <p className="save-replaces" role="alert">
            There is a file of this name already. When you replace it, what it holds now stays as a restore point for a
            week.
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

/** The file is not what it was when the design was opened: nobody's work is overwritten without being asked. */
export function OutsideDialog({
  tab,
  onClose,
  onSaveAs,
}: {
  tab: OpenTab;
  onClose(): void;
  onSaveAs(): void;
}): ReactElement {
  const { connection } = useApp();
  const path = tab.document.getState().path ?? '';
  const again = async (): Promise<void> => {
    try {
      const opened = await connection.call('designs.open', { path });
      change(tab.document, 'Open the file again', (design) => void Object.assign(design, opened.design));
      tab.document.setState((state) => ({ digest: opened.digest, saved: state.done.at(-1) ?? null }));
      onClose();
    } catch (thrown) {
      say(failureLine(failureOf(thrown)));
    }
  };
  return (
    <Dialog
      title="The file was changed by something else"
      onClose={onClose}
      width={520}
      foot={
        <>
          <Button onClick={() => void again()}>Open it again</Button>
          <Button look="solid" onClick={onSaveAs}>
            Save under another name
          </Button>
        </>
      }
    >
      <p>
        <span className="mono">{path}</span> is not what it was when you opened it. Your design is kept here. Opening
        the file again is one step that undo takes back.
      </p>
    </Dialog>
  );
}

export function CloseDialog({
  tab,
  onClose,
  onSave,
  onDiscard,
}: {
  tab: OpenTab;
  onClose(): void;
  onSave(): void;
  onDiscard(): void;
}): ReactElement {
  const { title } = tab.document.getState().design;
  return (
    <Dialog
      title={`Save “${title}” before closing it?`}
      onClose={onClose}
      width={480}
      foot={
        <>
          <Button look="danger" onClick={onDiscard}>
            Close without saving
          </Button>
          <Button onClick={onClose}>Keep it open</Button>
          <Button look="solid" onClick={onSave}>
            Save
          </Button>
        </>
      }
    >
      <p>It has changes that are in no file.</p>
    </Dialog>
  );
}
