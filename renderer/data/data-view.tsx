import { useState, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { Button } from '#renderer/ui/button.tsx';
import { bytes } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { PathForm } from '#renderer/ui/path-form.tsx';
import { sentence } from '#renderer/ui/sentence.ts';
import './data.css';
import { GenerateDialog } from './generate-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { Profile } from './profile.tsx';

interface DataViewProps {
  /** What the design runs on now: a path, or a recipe that is generated for it. */
  readonly bound: { readonly path?: string; readonly recipe?: string } | undefined;
  /** What the shown run of it ran on; null before there is one. */
  readonly ranOn: string | null;
  /** The desktop's own dialog for a file; null where the window is a page. */
  readonly choose: (() => Promise<string | null>) | null;
  onUse(path: string): void;
}

function Bound({ bound, made }: { bound: DataViewProps['bound']; made: boolean }): ReactElement {
  if (bound?.path !== undefined) return <p className="quiet">This design runs on {bound.path}.</p>;
  if (bound?.recipe !== undefined)
    return (
      <p className="quiet">
        This design runs on a generated world, {bound.recipe}.{made ? null : ' It is made when the design first runs.'}
      </p>
    );
  return <p className="quiet">This design has no data set yet. Choose one, import one, or generate one.</p>;
}

/** The data sets that are here, what is in the chosen one, and the ways to make another. */
export function DataView({ bound, ranOn, choose, onUse }: DataViewProps): ReactElement {
  const connection = useConnection();
  const list = useAnswer('datasets', () => connection.call('datasets.list'));
  const [chosen, setChosen] = useState<string | null>(bound?.path ?? null);
  const [asking, setAsking] = useState<'import' | 'generate' | null>(null);
  const sets = list.value ?? [];
  // What was just made is named as it was typed; the list knows where it lies.
  const known = sets.find(
    (set) =>
      set.path === chosen || (chosen !== null && !/[\\/]/.test(chosen) && set.path.split(/[\\/]/).at(-1) === chosen),
  );
  // A generated world is a file like any other once a run has made it.
  const used = bound?.path ?? (bound?.recipe === undefined ? undefined : sets.find((set) => set.path === ranOn)?.path);
  const shown = known?.path ?? chosen ?? used ?? sets[0]?.path ?? null;
  const there = sets.map((set) => set.path);
  // However a dialog is left: what it made is in the list.
  const closed = (): void => {
    setAsking(null);
    list.again();
  };
  const made = (path: string): void => {
    setChosen(path);
    closed();
  };
  return (
    <div className="data">
      <aside className="data-list" aria-label="Data sets">
        <h2>Data sets</h2>
        <Bound bound={bound} made={used !== undefined} />
        <div className="data-actions">
          <Button icon="upload" onClick={() => setAsking('import')}>
            Import
          </Button>
          <Button icon="sparkles" onClick={() => setAsking('generate')}>
            Generate
          </Button>
        </div>
        <ul>
          {sets.map((set) => (
            <li key={set.path}>
              <button
                type="button"
                className={`data-row ${set.path === shown ? 'data-chosen' : ''}`}
                title={set.path}
                onClick={() => setChosen(set.path)}
              >
                <Icon name="database" size={14} />
                <span className="truncate">{set.name}</span>
                {set.path === used ? <span className="tab-count">in use</span> : null}
                <span className="quiet number">{bytes(set.bytes)}</span>
              </button>
            </li>
          ))}
        </ul>
        {list.failure === null ? null : <p className="bad">{sentence(failureLine(list.failure))}</p>}
        <PathForm label="Path of a data set" hint="Path of another, *.db" choose={choose} onOpen={setChosen} />
      </aside>
      <section className="data-body" aria-label="Chosen data set" tabIndex={0}>
        {shown === null ? (
          <div className="empty">
            <strong>No data set yet</strong>
            <span>Import your own files, or generate a world with known truth.</span>
          </div>
        ) : (
          <Profile key={shown} path={shown} used={shown === used} onUse={() => onUse(shown)} />
        )}
      </section>
      {asking === 'import' ? <ImportDialog there={there} choose={choose} onClose={closed} onDone={made} /> : null}
      {asking === 'generate' ? <GenerateDialog there={there} onClose={closed} onDone={made} /> : null}
    </div>
  );
}
