import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface Chunk {
  /** Name without its digest. */
  readonly name: string;
  readonly bytes: number;
  readonly zipped: number;
  /** Loaded with the page, before anything is asked for. */
  readonly atStart: boolean;
}

/** Scripts and styles of the built window, with what the page names in its head or imports from there. */
export function chunksOf(folder: string): readonly Chunk[] {
  const assets = join(folder, 'assets');
  const started = new Set<string>();
  const follow = (text: string): void => {
    for (const [, name] of text.matchAll(
      /(?:from|import|src=|href=)\s*["'](?:\.\/)?(?:assets\/)?([\w.-]+\.(?:js|css))["']/g,
    )) {
      if (started.has(name)) continue;
      started.add(name);
      if (name.endsWith('.js')) follow(readFileSync(join(assets, name), 'utf8'));
    }
  };
  follow(readFileSync(join(folder, 'index.html'), 'utf8'));
  return readdirSync(assets)
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => {
      const bytes = readFileSync(join(assets, name));
      return {
        name: name.replace(/-[\w-]{8}(?=\.\w+$)/, ''),
        bytes: bytes.length,
        zipped: gzipSync(bytes).length,
        atStart: started.has(name),
      };
    })
    .toSorted((a, b) => Number(b.atStart) - Number(a.atStart) || b.zipped - a.zipped);
}
