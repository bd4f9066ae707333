export interface Search {
  readonly root: string;
  readonly node: string;
  say(text: string): void;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly platform?: string;
}

/** The binary and null, or null and why not. */
export function findElectron(
  search: Search,
): { readonly binary: string; readonly why: null } | { readonly binary: null; readonly why: string };
