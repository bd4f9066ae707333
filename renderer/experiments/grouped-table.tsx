import type { ReactElement, ReactNode } from 'react';

export interface Head {
  readonly title: string;
  /** Stands at the right, above numbers. */
  readonly end?: boolean;
  readonly help?: string;
  /** Said, not shown. */
  readonly hidden?: boolean;
}

export interface GroupedRow {
  readonly key: string;
  /** Shown once where several rows in a row share it. */
  readonly group: string;
  /** The cells after the group's title. */
  readonly cells: ReactNode;
}

/** A table whose rows belong together by their first column. */
export function GroupedTable({
  className,
  heads,
  rows,
}: {
  className: string;
  heads?: readonly Head[];
  rows: readonly GroupedRow[];
}): ReactElement {
  return (
    <table className={`table ${className}`}>
      {heads === undefined ? null : (
        <thead>
          <tr>
            {heads.map(({ title, end, help, hidden }) => (
              <th key={title} scope="col" className={end === true ? 'end' : undefined} title={help}>
                {hidden === true ? <span className="visually-hidden">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map(({ key, group, cells }, at) => {
          const continued = rows[at - 1]?.group === group;
          return (
            <tr key={key} className={continued ? 'row-continued' : ''}>
              <th scope="row">{continued ? <span className="visually-hidden">{group}</span> : group}</th>
              {cells}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
