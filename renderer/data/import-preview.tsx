import { useEffect, useState, type ReactElement } from 'react';
import { failureLine } from '#shared/contract/failure.ts';
import type { ImportOptions, SourcePreview } from '#shared/contract/methods.ts';
import { roles } from '#shared/contract/roles.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';

type Map = Readonly<Record<string, string>>;

/** Usual names of columns for the roles that every data set of events needs; only offered, always changeable. */
const usual: Readonly<Record<string, RegExp>> = {
  user: /^(user|user_?id|uid|customer(_?id)?|visitor(_?id)?)$/i,
  item: /^(item|item_?id|iid|movie_?id|product(_?id)?|track(_?id)?|article_?id)$/i,
  time: /^(time|timestamp|ts|date|datetime|.*_at)$/i,
  value: /^(value|rating|score|stars|weight)$/i,
  label: /^(label|target|click(ed)?)$/i,
};

/** Which column most likely plays which part, from their names. */
export function guessRoles(columns: readonly string[]): Map {
  const found = Object.entries(usual).flatMap(([role, pattern]) => {
    const column = columns.find((name) => pattern.test(name));
    return column === undefined ? [] : [[role, column] as const];
  });
  const guessed = Object.fromEntries(found);
  // Somebody and something acted on: then a click or a label is about events, not a flat table.
  if (guessed['user'] !== undefined && guessed['item'] !== undefined) delete guessed['label'];
  return guessed;
}

function RoleSelect({ column, map, onMap }: { column: string; map: Map; onMap(map: Map): void }): ReactElement {
  const role = Object.keys(map).find((one) => map[one] === column) ?? '';
  return (
    <select
      className="select"
      aria-label={`Role of ${column}`}
      value={role}
      onChange={(event) => {
        const next = Object.fromEntries(
          Object.entries(map).filter(([one, name]) => name !== column && one !== event.target.value),
        );
        onMap(event.target.value === '' ? next : { ...next, [event.target.value]: column });
      }}
    >
      <option value="">kept as it is</option>
      {Object.entries(roles).map(([one, help]) => (
        <option key={one} value={one} title={help}>
          {one}
        </option>
      ))}
    </select>
  );
}

function Table({
  table,
  fixed,
  map,
  onMap,
}: {
  table: SourcePreview['tables'][number];
  fixed: boolean;
  map: Map;
  onMap(map: Map): void;
}): ReactElement {
  return (
    <div className="preview" tabIndex={0} role="group" aria-label={`First rows of ${table.name}`}>
      <table className="table">
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column.name} scope="col">
                <span className="mono">{column.name}</span>
                {fixed ? (
                  <span className="quiet"> {column.role ?? ''}</span>
                ) : (
                  <RoleSelect column={column.name} map={map} onMap={onMap} />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column} className="truncate">
                  {cell ?? <i className="quiet">empty</i>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface PreviewProps {
  readonly path: string;
  readonly format: Exclude<ImportOptions['format'], 'sqlite'>;
  readonly map: Map;
  /** The format itself says which column is what. */
  readonly fixed: boolean;
  onMap(map: Map): void;
}

/** The first rows of the files, with the part that each column plays. */
export function Preview({ path, format, map, fixed, onMap }: PreviewProps): ReactElement | null {
  const connection = useConnection();
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(path.trim()), 350);
    return () => clearTimeout(timer);
  }, [path]);
  const answer = useAnswer(settled === '' ? null : `${format} ${settled}`, () =>
    connection.call('datasets.peek', { path: settled, format }),
  );
  const first = answer.value?.tables[0];
  useEffect(() => {
    if (first !== undefined && !fixed) onMap(guessRoles(first.columns.map((column) => column.name)));
  }, [first, fixed, onMap]);
  if (answer.failure !== null) return <p className="data-warning">{failureLine(answer.failure)}</p>;
  if (answer.value === null) return settled === '' ? null : <p className="quiet">Looking at {settled} …</p>;
  return (
    <>
      {fixed ? null : (
        <p className="quiet">
          Say which column is who acted, what was acted on, and when. Everything else is kept as a feature.
        </p>
      )}
      {answer.value.tables.map((table) => (
        <Table key={table.name} table={table} fixed={fixed} map={map} onMap={onMap} />
      ))}
      {answer.value.notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
    </>
  );
}

/** Roles by name of column, for files whose tables are only known once they are attached. */
export function RoleFields({ map, onMap }: { map: Map; onMap(map: Map): void }): ReactElement {
  return (
    <fieldset>
      <legend>
        Which column is what, as table.column. Leave empty what there is none for, or what is named as its role.
      </legend>
      {Object.entries(roles).map(([role, help]) => (
        <div key={role} className="role-row" title={help}>
          <label htmlFor={`role-${role}`}>
            <b>{role}</b> <span className="quiet">{help}</span>
          </label>
          <input
            id={`role-${role}`}
            className="input mono"
            placeholder="column"
            value={map[role] ?? ''}
            onChange={(event) => onMap({ ...map, [role]: event.target.value })}
          />
        </div>
      ))}
    </fieldset>
  );
}
