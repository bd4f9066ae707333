/** SQLite refuses tables wider than 2,000 columns. */
export const mostColumns = 1900;

/** Names for columns: empty ones get a number, repeated ones a suffix (SQLite does not tell A from a). */
export function columnNames(given: readonly string[]): {
  readonly names: readonly string[];
  readonly notes: readonly string[];
} {
  const taken = new Set<string>();
  const notes: string[] = [];
  const names = given.map((text, at) => {
    const trimmed = text.replaceAll('\0', '').trim();
    const wanted = trimmed === '' ? `column${at + 1}` : trimmed;
    let name = wanted;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}_${n}`;
    taken.add(name.toLowerCase());
    if (trimmed === '') notes.push(`column ${at + 1} has no name in the header: called ${name}`);
    else if (name !== wanted)
      notes.push(`the header names ${wanted} more than once: column ${at + 1} is called ${name}`);
    return name;
  });
  return { names, notes };
}
