import { designLimits } from '#shared/contract/design.ts';
import type { Design } from '#shared/contract/design.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { TemplateInfo } from '#shared/contract/design-files.ts';
import type { Handlers } from '#shared/contract/methods.ts';
import type { FileEntry, Ports } from '#shared/contract/ports.ts';
import { designEnding } from '../designs/handlers.ts';
import { readDesign } from '../designs/read.ts';
import { nearest } from '../designs/repair.ts';
import type { Specs } from '../designs/repair.ts';

/** The sample that everyone sees first leads the list; then comes what runs as it is. */
const first = 'video-recommendation';
const place = ({ id, runs }: TemplateInfo): number => (id === first ? 0 : runs ? 1 : 2);

export function templateHandlers(
  { files, places }: Ports,
  specs: Specs,
): Pick<Handlers, 'templates.list' | 'templates.open'> {
  const idOf = (entry: FileEntry): string => entry.name.slice(0, -designEnding.length);
  const open = async (entry: FileEntry): Promise<Design> =>
    readDesign((await files.read(entry.path, designLimits.bytes)).text, entry.path, specs).design;
  const all = (): Promise<readonly FileEntry[]> => files.list(places.templates, designEnding);
  return {
    'templates.list': async () => {
      const told = await Promise.all((await all()).map(async (entry) => info(idOf(entry), await open(entry))));
      return told.sort((a, b) => place(a) - place(b));
    },
    'templates.open': async ({ template }) => {
      const entries = await all();
      const entry = entries.find((one) => idOf(one) === template);
      if (entry !== undefined) return open(entry);
      const ids = entries.map(idOf);
      const near = nearest(template, ids);
      throw new RunboardError('not-found', `there is no template "${template}"`, {
        remedy: near === null ? `the templates are ${ids.join(', ')}` : `did you mean "${near}"?`,
      });
    },
  };
}

function info(id: string, design: Design): TemplateInfo {
  const { nodes } = design.board;
  return {
    id,
    title: design.title,
    summary: (design.summary ?? []).join(' '),
    problem: design.problem ?? null,
    nodes: nodes.length,
    bound: nodes.filter((node) => node.binding !== undefined).length,
    runs: design.data !== undefined,
  };
}
