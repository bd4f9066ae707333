import type { SourcePreview } from '#shared/contract/datasets.ts';
import { isRole } from '#shared/contract/roles.ts';

export type RoleMap = Readonly<Record<string, string>>;
type Tables = SourcePreview['tables'];

/** Usual names of columns for the roles that every data set of events needs; only offered, always changeable. */
const usual: Readonly<Record<string, RegExp>> = {
  user: /^(user|user_?id|uid|customer(_?id)?|visitor(_?id)?|member(_?id)?)$/i,
  item: /^(item|item_?id|iid|movie_?id|product(_?id)?|track(_?id)?|article_?id)$/i,
  time: /^(time|timestamp|ts|date|datetime|.*_at)$/i,
  value: /^(value|rating|score|stars|weight)$/i,
  label: /^(label|target|click(ed)?)$/i,
};

/** What tables of items usually call the rest. */
const ofItems: Readonly<Record<string, RegExp>> = {
  'item.title': /^(title|name)$/i,
  'item.category': /^(categor(y|ies)|genres?|tags?)$/i,
};

function found(patterns: Readonly<Record<string, RegExp>>, columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(patterns).flatMap(([role, pattern]) => {
      const column = columns.find((name) => pattern.test(name));
      return column === undefined ? [] : [[role, column] as const];
    }),
  );
}

/** Which column most likely plays which part, from their names. */
export function guessRoles(columns: readonly string[]): RoleMap {
  const guessed = found(usual, columns);
  // Somebody and something acted on: then a click or a label is about events, not a flat table.
  if (guessed['user'] !== undefined && guessed['item'] !== undefined) delete guessed['label'];
  return guessed;
}

/** How a column is named in a mapping: with its table where a file has several. */
export function columnName(table: string, column: string, several: boolean): string {
  return several ? `${table}.${column}` : column;
}

/** The likely roles in a file of several tables: events first, then the table whose key the events name as their item. */
export function guessTables(tables: Tables): RoleMap {
  const names = ({ columns }: Tables[number]): string[] => columns.map(({ name }) => name);
  const events = tables.find((table) => {
    const guessed = guessRoles(names(table));
    return guessed['user'] !== undefined && guessed['item'] !== undefined;
  });
  if (events === undefined) return {};
  const guessed = guessRoles(names(events));
  const full = (table: string, map: RoleMap): RoleMap =>
    Object.fromEntries(Object.entries(map).map(([role, column]) => [role, `${table}.${column}`]));
  const items = tables.find(
    (table) =>
      table !== events &&
      names(table).some((name) => name === guessed['item']) &&
      names(table).every((name) => name !== guessed['user']),
  );
  return {
    ...full(events.name, guessed),
    ...(items === undefined ? {} : full(items.name, found(ofItems, names(items)))),
  };
}

/** A mapping after one column was given a role, or none; a role is played by one column only. */
export function withRole(map: RoleMap, column: string, role: string): RoleMap {
  const rest = Object.fromEntries(Object.entries(map).filter(([one, name]) => name !== column && one !== role));
  return isRole(role) ? { ...rest, [role]: column } : rest;
}

/** What still has to be said before an import can work; null where nothing is missing. */
export function missingRoles(map: RoleMap): string | null {
  if (map['label'] !== undefined) return null;
  const missing = ['user', 'item'].filter((role) => map[role] === undefined);
  return missing.length === 0 ? null : `Say which column is the ${missing.join(' and which the ')}.`;
}
