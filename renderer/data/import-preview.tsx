import { useEffect, useState, type ReactElement } from 'react';
import type { ImportFormat, SourcePreview } from '#shared/contract/datasets.ts';
import { roles } from '#shared/contract/roles.ts';
import { useConnection } from '#renderer/client/connection-context.ts';
import { useAnswer } from '#renderer/client/use-answer.ts';
import { sentence } from '#renderer/ui/sentence.ts';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { columnName, guessRoles, guessTables, missingRoles, withRole, type RoleMap } from './roles-of.ts';
import { importFailure } from './work-failure.tsx';

interface RoleProps {
  readonly map: RoleMap;
  onMap(map: RoleMap): void;
}

function RoleSelect({ title, column, map, onMap }: RoleProps & { title: string; column: string }): ReactElement {
  const role = Object.keys(map).find((one) => map[one] === column) ?? '';
  return (
    <select
      className="select"
      aria-label={`Role of ${title}`}
      value={role}
      onChange={(event) => onMap(withRole(map, column, event.target.value))}
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

interface TableProps extends RoleProps {
  readonly table: SourcePreview['tables'][number];
  readonly fixed: boolean;
  /** Columns are named with their table. */
  readonly several: boolean;
}

function Table({ table, fixed, several, map, onMap }: TableProps): ReactElement {
  return (
    <div className="import-table" tabIndex={0} role="group" aria-label={`First rows of ${table.name}`}>
      <table className="table">
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column.name} scope="col">
                <span className="mono truncate" title={column.name}>
                  {column.name}
                </span>
                {fixed ? (
                  <span className="quiet"> {column.role ?? ''}</span>
                ) : (
                  <RoleSelect
                    title={column.name}
                    column={columnName(table.name, column.name, several)}
                    map={map}
                    onMap={onMap}
                  />
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
      {table.rows.length === 0 ? <p className="quiet">No rows.</p> : null}
    </div>
  );
}

/** What plays which part, over all tables: what is chosen in one table is not forgotten when another is looked at. */
function Chosen({ map }: { map: RoleMap }): ReactElement {
  const missing = missingRoles(map);
  return (
    <p className="import-roles" role="status">
      {Object.entries(map).map(([role, column]) => (
        <span key={role}>
          <b>{role}</b> <span className="mono">{column}</span>
        </span>
      ))}
      {missing === null ? null : <span className="warn">{missing}</span>}
    </p>
  );
}

interface PreviewProps extends RoleProps {
  readonly path: string;
  readonly format: ImportFormat;
  /** The format itself says which column is what. */
  readonly fixed: boolean;
}

/** The first rows of the files, with the part that each column plays. */
export function Preview({ path, format, map, fixed, onMap }: PreviewProps): ReactElement | null {
  const connection = useConnection();
  const [settled, setSettled] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(path.trim()), 350);
    return () => clearTimeout(timer);
  }, [path]);
  const answer = useAnswer(settled === '' ? null : `${format} ${settled}`, () =>
    connection.call('datasets.peek', { path: settled, format }),
  );
  const tables = answer.value?.tables;
  const several = format === 'sqlite';
  useEffect(() => {
    if (tables === undefined || fixed) return;
    onMap(several ? guessTables(tables) : guessRoles((tables[0]?.columns ?? []).map((column) => column.name)));
  }, [tables, fixed, several, onMap]);
  if (answer.failure !== null) return <p className="data-warning">{importFailure(answer.failure)}</p>;
  if (answer.value === null) return settled === '' ? null : <p className="quiet">Looking at {settled} …</p>;
  // Shown first is the table that plays a part already.
  const first = answer.value.tables.find(({ name }) => map['item']?.startsWith(`${name}.`)) ?? answer.value.tables[0];
  const shown = answer.value.tables.find(({ name }) => name === chosen) ?? first;
  return (
    <>
      {fixed ? null : (
        <p className="quiet">
          Say which column is who acted, what was acted on, and when.{' '}
          {several ? 'Columns of other tables may say more about the items.' : 'Everything else is kept as a feature.'}
        </p>
      )}
      {fixed ? null : <Chosen map={map} />}
      {answer.value.tables.length < 2 ? null : (
        <Tabs
          look="line"
          label="Tables of this source"
          items={answer.value.tables.map(({ name }) => ({
            id: name,
            title: name,
            count: Object.values(map).filter((column) => several && column.startsWith(`${name}.`)).length,
          }))}
          current={shown?.name ?? ''}
          onChoose={setChosen}
        />
      )}
      {shown === undefined ? null : (
        <Table key={shown.name} table={shown} fixed={fixed} several={several} map={map} onMap={onMap} />
      )}
      {answer.value.notes.map((note) => (
        <p key={note} className="quiet">
          {sentence(note)}
        </p>
      ))}
    </>
  );
}
