import { boardSvg } from '#shared/documents/board/svg.ts';
import { toHtml } from '#shared/documents/html.ts';
import { toMarkdown } from '#shared/documents/markdown.ts';
import { toMermaid } from '#shared/documents/mermaid.ts';
import { boardFile } from '#shared/documents/references.ts';
import { holding, writeUp } from '#shared/documents/write-up.ts';
import type { Standing } from '#shared/documents/write-up.ts';
import type { Design } from '#shared/contract/design.ts';
import { failureLine, toFailure } from '#shared/contract/failure.ts';
import type { ExportOptions } from '#shared/contract/design-files.ts';
import type { Call, Handlers } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import type { RunResult } from '#shared/contract/results.ts';

/** What each format is written as: file name and text. */
const writers: Readonly<
  Record<
    ExportOptions['format'],
    (design: Design, run: RunResult | null, standing: Standing) => readonly (readonly [string, string])[]
  >
> = {
  md: (design, run, standing) => {
    const document = writeUp(design, run, standing);
    const figures = document.blocks.flatMap((block) =>
      block.type === 'figure' ? [[block.file, block.svg] as const] : [],
    );
    return [['write-up.md', toMarkdown(document)], ...new Map(figures)];
  },
  html: (design, run, standing) => [['write-up.html', toHtml(writeUp(design, run, standing))]],
  svg: (design, run, standing) => [[boardFile, boardOf(design, run, standing)]],
  mermaid: (design) => [['board.mmd', toMermaid(design)]],
};

/** How many runs back a run is looked for that is of the design as it is now. */
const lookedAt = 20;

function boardOf(design: Design, run: RunResult | null, standing: Standing): string {
  return boardSvg(design, run === null ? null : holding(run, standing));
}

export function exportHandlers({ files, engine }: Ports): Pick<Handlers, 'exports.write'> {
  return {
    'exports.write': async ({ design, format, out, run }, call) => {
      const chosen = format === 'mermaid' ? null : await choose(design, run, call);
      const standing = chosen?.standing ?? { stale: new Set<string>(), unchecked: null };
      await files.makeFolder(out);
      const written: string[] = [];
      for (const [name, text] of writers[format](design, chosen?.run ?? null, standing)) {
        const path = files.resolve(out, name);
        await files.save(path, text);
        written.push(path);
      }
      return { files: written };
    },
  };

  /** The run asked for; else the newest one whose results all hold for the design; else the newest. */
  async function choose(
    design: Design,
    asked: string | undefined,
    call: Call,
  ): Promise<{ run: RunResult; standing: Standing } | null> {
    const runs = await engine();
    if (asked !== undefined) {
      const run = await runs.show(asked);
      return { run, standing: await standingOf(design, run, call) };
    }
    const finished = (await runs.list())
      .filter((one) => one.design === design.title && one.status === 'done')
      .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
    let newest: { run: RunResult; standing: Standing } | null = null;
    for (const { run: id } of finished.slice(0, lookedAt)) {
      const run = await runs.show(id);
      const found = { run, standing: await standingOf(design, run, call) };
      if (found.standing.stale.size === 0 && found.standing.unchecked === null) return found;
      newest ??= found;
    }
    return newest;
  }

  /** Which results of a run still hold for the design as it is now: those whose content key is still the same. */
  async function standingOf(design: Design, run: RunResult, call: Call): Promise<Standing> {
    try {
      const options = { design, designPath: run.design.path, data: run.data.path ?? undefined, seed: run.seed };
      const steps = await (await engine()).plan(options, call);
      const stale = steps.filter(({ node, key }) => Object.hasOwn(run.nodes, node) && run.nodes[node].key !== key);
      return { stale: new Set(stale.map((step) => step.node)), unchecked: null };
    } catch (thrown) {
      return { stale: new Set(), unchecked: failureLine(toFailure(thrown)) };
    }
  }
}
