import { setImmediate as nextTurn } from 'node:timers/promises';
import { RunboardError } from '#shared/contract/failure.ts';
import type { GenerateOptions, ImportReport as ContractReport } from '#shared/contract/datasets.ts';
import type { Call, CancelSignal } from '#shared/contract/methods.ts';
import { daySeconds, planted, VideoWorld, worldStart, type WorldOptions } from '#shared/values/worlds/video-world.ts';
import { DatasetColumns } from './columns/dataset-columns.ts';
import { completeDraft, type Completed } from './complete.ts';
import { draftPath } from './drafts.ts';
import { explain, throwIfCancelled } from './failures.ts';
import type { ImportReport, Layout } from './layout.ts';
import { DatasetDraft } from './store.ts';
import {
  finishWriters,
  openWriters,
  worldTables,
  writeEvents,
  writeImpressions,
  writeItems,
  writeUsers,
  type WorldWriters,
} from './world-tables.ts';

export const recipes = ['video-catalogue'] as const;

const defaults: WorldOptions = { users: 2000, items: 5000, events: 200_000, days: 60, seed: 1 };
const limits: Readonly<Record<keyof WorldOptions, readonly [number, number]>> = {
  users: [1, 20_000_000],
  items: [1, 5_000_000],
  events: [0, 200_000_000],
  days: [1, 3650],
  seed: [0, Number.MAX_SAFE_INTEGER],
};

export interface GenerateWork extends Partial<WorldOptions> {
  readonly recipe: string;
  readonly out: string;
  readonly onProgress?: (progress: { readonly share: number; readonly note: string; readonly rows: number }) => void;
  readonly signal?: CancelSignal;
  /** The file may not grow beyond this many pages of 4,096 bytes. */
  readonly maximumPages?: number;
}

export interface Generated extends Completed {
  readonly out: string;
  readonly report: ImportReport;
}

/** Generates a synthetic world as a data set, its truth included. The same options give the same rows. */
export async function generateWorld(work: GenerateWork): Promise<Generated> {
  const options = checkedOptions(work);
  let draft: DatasetDraft | undefined;
  let columns: DatasetColumns | undefined;
  try {
    throwIfCancelled(work.signal);
    draft = new DatasetDraft(work.out, work.maximumPages);
    columns = new DatasetColumns(draftPath(draft.out, 'scratch'));
    return await fill({ draft, columns }, options, work);
  } catch (thrown) {
    columns?.close();
    draft?.abandon();
    throw explain(thrown, work.out);
  }
}

/** The same in the words of the contract: progress goes out as events. */
export async function generateDataset(options: GenerateOptions, call: Call): Promise<ContractReport> {
  const began = performance.now();
  const onProgress: GenerateWork['onProgress'] = ({ share, note }) =>
    call.emit('work', { what: 'generate', share, note });
  const { report, fingerprint, profile } = await generateWorld({ ...options, signal: call.signal, onProgress });
  const tables = Object.fromEntries(report.tables.map(({ table, rows }) => [table, rows]));
  const rows = report.tables.reduce((sum, table) => sum + table.rows, 0);
  return {
    out: options.out,
    shape: 'events',
    fingerprint,
    rowsRead: rows,
    rowsKept: rows,
    rowsRejected: 0,
    rejectFile: null,
    tables,
    encoding: 'UTF-8',
    warnings: [...report.notes, ...profile.warnings],
    seconds: (performance.now() - began) / 1000,
  };
}

function checkedOptions(work: GenerateWork): WorldOptions {
  if (!(recipes as readonly string[]).includes(work.recipe)) {
    throw new RunboardError('bad-usage', `there is no recipe ${work.recipe}`, {
      where: 'generate',
      remedy: `recipes are ${recipes.join(', ')}`,
    });
  }
  const options = { ...defaults };
  for (const name of Object.keys(defaults) as (keyof WorldOptions)[]) {
    const value = work[name] ?? defaults[name];
    const [least, most] = limits[name];
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new RunboardError('bad-usage', `${name} is ${value}`, {
        where: `--${name}`,
        remedy: `give a whole number from ${least} to ${most}`,
      });
    }
    options[name] = value;
  }
  return options;
}

/** About how much of the time goes into making the rows. */
const livingShare = 0.8;

type Options = { -readonly [K in keyof WorldOptions]: number };

interface Target {
  readonly draft: DatasetDraft;
  readonly columns: DatasetColumns;
}

async function fill({ draft, columns }: Target, options: Options, work: GenerateWork): Promise<Generated> {
  const say = (share: number, note: string, rows: number): void => work.onProgress?.({ share, note, rows });
  say(0, 'drawing users and items', 0);
  const world = new VideoWorld(options);
  const writers = openWriters(draft.db, columns);
  await writeUsers(world, writers, work.signal);
  await writeItems(world, writers, work.signal);
  await writeDays(world, writers, work, say);
  finishWriters(writers);
  const layout: Layout = { shape: 'events', tables: worldTables };
  const counts = {
    users: options.users,
    items: options.items,
    events: writers.events.rows,
    impressions: writers.impressions.rows,
  };
  const report: ImportReport = {
    format: work.recipe,
    source: `${work.recipe}, seed ${options.seed}`,
    tables: worldTables.map((table) => ({
      table: table.table,
      source: work.recipe,
      rows: counts[table.table as keyof typeof counts],
      rejected: 0,
      columns: table.columns.map(({ name, kind, role }) => ({ name, kind, role, nulls: 0, irregular: 0 })),
    })),
    rejected: 0,
    rejectFile: null,
    firstRejects: [],
    notes: ['a synthetic world: what is measured on it says nothing about real users'],
  };
  draft.setMeta('world', {
    recipe: work.recipe,
    options,
    planted,
    start: worldStart,
    daySeconds,
    clusters: world.space.clusters,
    sharpness: world.space.sharpness,
  });
  const completed = await completeDraft(
    draft,
    { layout, name: work.recipe, report: () => report, columns: columns.faithful ? columns : undefined },
    {
      signal: work.signal,
      onShare: (share) => say(livingShare + (0.99 - livingShare) * share, 'profiling', writers.events.rows),
    },
  );
  say(1, 'done', writers.events.rows);
  return { out: work.out, ...completed };
}

async function writeDays(
  world: VideoWorld,
  writers: WorldWriters,
  work: GenerateWork,
  say: (share: number, note: string, rows: number) => void,
): Promise<void> {
  const { days } = world.options;
  for (let day = 0; day < days; day++) {
    throwIfCancelled(work.signal);
    world.live(day, () => throwIfCancelled(work.signal));
    await writeEvents(world, writers, work.signal);
    await writeImpressions(world, writers, work.signal);
    say(0.05 + ((livingShare - 0.05) * (day + 1)) / days, `day ${day + 1} of ${days}`, writers.events.rows);
    await nextTurn(); // lets a cancellation in
  }
}
