import { isOurs } from './addresses.ts';

const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Who asks for a permission. */
export interface Asker {
  readonly address: string;
  readonly mainFrame: boolean;
}

/** Whether the page gets a permission: two that an editor needs, for our own page, never for a frame inside it. */
export function mayHave(permission: string, asker: Asker): boolean {
  return granted.has(permission) && asker.mainFrame && isOurs(asker.address);
}
