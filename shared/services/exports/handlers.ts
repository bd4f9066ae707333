import { boardSvg } from '#shared/documents/board/svg.ts';
import { toHtml } from '#shared/documents/html.ts';
import { toMarkdown } from '#shared/documents/markdown.ts';
import { toMermaid } from '#shared/documents/mermaid.ts';
import { boardFile, writeUp } from '#shared/documents/write-up.ts';
import type { Design } from '#shared/contract/design.ts';
import type { ExportOptions, Handlers } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import type { RunResult } from '#shared/contract/results.ts';

/** What each format is written as: file name and text. */
const writers: Readonly<Record<ExportOptions['format'], (design: Design, run: RunResult | null) => readonly (readonly [string, string])[]>> = {
  md: (design, run) => [
    ['write-up.md', toMarkdown(writeUp(design, run))],
    [boardFile, boardSvg(design, run)],
  ],
  html: (design, run) => [['write-up.html', toHtml(writeUp(design, run))]],
  svg: (design, run) => [[boardFile, boardSvg(design, run)]],
  mermaid: (design) => [['board.mmd', toMermaid(design)]],
};

export function exportHandlers({ files, engine }: Ports): Pick<Handlers, 'exports.write'> {
  return {
    'exports.write': async ({ design, format, out, run }) => {
      const result = format === 'mermaid' ? null : await runOf(design, run);
      await files.makeFolder(out);
      const written: string[] = [];
      for (const [name, text] of writers[format](design, result)) {
        const path = files.resolve(out, name);
        await files.save(path, text);
        written.push(path);
      }
      return { files: written };
    },
  };

  /** The run asked for; else the newest finished one of a design with this title. */
  async function runOf(design: Design, run: string | undefined): Promise<RunResult | null> {
    const runs = await engine();
    if (run !== undefined) return runs.show(run);
    const newest = (await runs.list()).filter((one) => one.design === design.title && one.status === 'done').sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0];
    return newest === undefined ? null : runs.show(newest.run);
  }
}
