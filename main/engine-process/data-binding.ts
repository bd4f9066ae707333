import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { hash } from 'node:crypto';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Call } from '#shared/contract/methods.ts';
import type { RunOptions } from '#shared/contract/runs.ts';
import { stableJson } from '#shared/engine/keys.ts';
import { datasetsPort, describeDataset } from '#main/node/datasets-port.ts';

/** The data set that a run is bound to. */
export interface BoundData {
  readonly path: string | null;
  readonly name: string;
  readonly fingerprint: string;
  readonly items: number | undefined;
}

/**
 * Finds the data of a run: what the caller names, else the design's file, else the design's recipe, generated once per
 * workspace and settings. A design that names none runs without data, which only a board without a source can.
 */
export async function bindData(options: RunOptions, workspace: string, call: Call): Promise<BoundData> {
  const path = options.data !== undefined ? resolve(options.data) : await pathOfDesign(options, workspace, call);
  if (path === null) return { path: null, name: 'no data', fingerprint: '', items: undefined };
  if (!existsSync(path)) {
    throw new RunboardError('not-found', 'there is no such data set', {
      where: path,
      remedy: 'make one with `runboard import` or `runboard generate`',
    });
  }
  return { path, ...(await describeDataset(path, call)) };
}

async function pathOfDesign(options: RunOptions, workspace: string, call: Call): Promise<string | null> {
  const { data } = options.design;
  if (data?.path !== undefined)
    return resolve(options.designPath === null ? workspace : dirname(options.designPath), data.path);
  if (data?.recipe === undefined) return null;
  const settings = data.settings ?? {};
  const path = join(workspace, 'data', `${data.recipe}-${hash('sha256', stableJson(settings)).slice(0, 12)}.db`);
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    await datasetsPort().generate({ recipe: data.recipe, out: path, ...settings }, call);
  }
  return path;
}
