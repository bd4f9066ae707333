// The page itself dies while a design is unsaved: what was drawn up to a moment before is there in the next one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { standsIn } from '../support/electron/start.ts';
import { designFolder, onEveryHost } from '../support/window-hosts.ts';
import { keptUnsaved, laySmall, openSmall, openUnsaved, rename, titleOf } from '../support/window-steps.ts';

vi.setConfig({ testTimeout: 120_000 });

onEveryHost('a page that crashes', (host) => {
  it.skipIf(host.id === 'desktop' && !standsIn)(
    `loses nothing that is a second old, and leaves the file alone${standsIn ? '' : ' (not run: a driver loses a page of the real Electron with its process)'}`,
    async () => {
      const folder = designFolder();
      const original = laySmall(folder);
      const { page, program, crash, close } = await host.open(folder);
      await openSmall(page);
      await rename(page, 'popular', 'Typed before the crash');
      await keptUnsaved(folder, 'Typed before the crash');
      const next = await crash();
      expect(program.exitCode).toBeNull();
      expect(readFileSync(join(folder, 'small.runboard'), 'utf8')).toBe(original);

      // The desktop has loaded the page again, with the same designs open; in a browser a new tab is opened.
      if (host.id === 'page') await openUnsaved(next);
      await expect.poll(() => titleOf(next, 'popular')).toBe('Typed before the crash');
      await next.getByText('Read-only here').waitFor({ state: 'detached' });
      await next.keyboard.press('Control+s');
      await next.getByText('Saved small.runboard').waitFor();
      expect(readFileSync(join(folder, 'small.runboard'), 'utf8')).toContain('Typed before the crash');
      await close();
    },
  );
});
