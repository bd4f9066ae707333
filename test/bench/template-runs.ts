import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Design } from '../../shared/contract/design.ts';
import type { Call } from '../../shared/contract/methods.ts';
import type { RunResult } from '../../shared/contract/results.ts';
import { openEngine } from '../../main/engine-process/engine.ts';
import { importDataset } from '../../main/node/datasets/import.ts';

/** One run of a template. */
export interface TemplateRun {
  readonly template: string;
  readonly seed: number;
  /** Path of the data set; null where the template generates its own. */
  readonly data: string | null;
  /** Parameters, as --set would change them. */
  readonly set?: Readonly<Record<string, string>>;
  /** Only this node and what it needs. */
  readonly until?: string;
  /** Seed of the generated world, where it is to be another one than the template's. */
  readonly world?: number;
}

/** Templates run as a user runs them, in a workspace that is thrown away at the end; what is the same is run once. */
export interface TemplateRuns {
  run(asked: TemplateRun): Promise<RunResult>;
  /** Imports a folder or file once; the path of the data set. */
  imported(path: string, format: string): Promise<string>;
  /** A folder to write to. */
  readonly folder: string;
  close(): Promise<void>;
}

const templates = join(import.meta.dirname, '../../assets/templates');

function designOf({ template, world }: TemplateRun): Design {
  const design = JSON.parse(readFileSync(join(templates, `${template}.runboard`), 'utf8')) as Design;
  if (world === undefined || design.data?.settings === undefined) return design;
  return { ...design, data: { ...design.data, settings: { ...design.data.settings, seed: world } } };
}

export async function openTemplateRuns(): Promise<TemplateRuns> {
  const folder = mkdtempSync(join(tmpdir(), 'runboard-bench-'));
  const engine = await openEngine({ workspace: folder });
  const call: Call = { signal: new AbortController().signal, emit() {} };
  const datasets = new Map<string, string>();
  return {
    folder,
    async run(asked) {
      const { data, seed, set, until } = asked;
      const options = { seed, ...(set && { set }), ...(until && { until }), ...(data !== null && { data }) };
      return engine.start({ design: designOf(asked), designPath: null, ...options }, call);
    },
    async imported(path, format) {
      const known = datasets.get(path);
      if (known !== undefined) return known;
      const out = join(folder, `data-${datasets.size}.db`);
      await importDataset({ path, format, out });
      datasets.set(path, out);
      return out;
    },
    async close() {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
