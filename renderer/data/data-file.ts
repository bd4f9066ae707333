function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** Whether a data set is there already under what was typed: a path, or a name in the folder of the workspace. */
export function isTaken(typed: string, there: readonly string[]): boolean {
  const bare = nameOf(typed) === typed;
  return there.some((path) => path === typed || (bare && nameOf(path) === typed));
}

/** The name itself, or the first with a number behind it that no data set has: nothing is replaced by default. */
export function freeName(name: string, there: readonly string[]): string {
  const [, stem, ending] = /^(.*?)(\.[^.]*)?$/.exec(name) as unknown as [string, string, string | undefined];
  for (let number = 1; ; number++) {
    const proposed = number === 1 ? name : `${stem}-${number}${ending ?? ''}`;
    if (!isTaken(proposed, there)) return proposed;
  }
}
