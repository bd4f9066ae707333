import { RunboardError } from '#shared/contract/failure.ts';
import type { Call, RunOptions } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { dataFolder, datasetEnding } from '../datasets/handlers.ts';

/** The settings of a recipe that a design may name. */
const settingNames = ['users', 'items', 'events', 'days', 'seed'] as const;

/**
 * The data set that a design runs on: the one given; else the path in the design, from the folder it lies in; else
 * its recipe, generated once per settings into the workspace.
 */
export async function dataOfDesign(options: RunOptions, ports: Ports, call: Call): Promise<string> {
  const { files, places } = ports;
  const { data } = options.design;
  if (options.data !== undefined) return options.data;
  if (data?.path !== undefined) {
    const base = options.designPath === null ? files.folderOf(places.workspace) : files.folderOf(options.designPath);
    return files.resolve(base, data.path);
  }
  if (data?.recipe !== undefined) return generatedOnce(data.recipe, settingsOf(options), ports, call);
  throw new RunboardError('bad-usage', 'the design names no data set', {
    where: options.designPath ?? options.design.title,
    remedy: 'give one with --data, made by `runboard import` or `runboard generate`',
  });
}

type Settings = Partial<Record<(typeof settingNames)[number], number>>;

function settingsOf(options: RunOptions): Settings {
  const given = options.design.data?.settings ?? {};
  const odd = Object.keys(given).find((name) => !(settingNames as readonly string[]).includes(name));
  if (odd !== undefined) {
    throw new RunboardError('bad-input', `"${odd}" in data.settings is not a setting of a recipe`, {
      where: options.designPath ?? options.design.title,
      remedy: `settings are ${settingNames.join(', ')}`,
    });
  }
  return given;
}

async function generatedOnce(recipe: string, settings: Settings, { files, places, datasets }: Ports, call: Call): Promise<string> {
  const named = settingNames.filter((name) => settings[name] !== undefined).map((name) => `-${name}-${settings[name]}`);
  const folder = files.resolve(places.workspace, dataFolder);
  const path = files.resolve(folder, `${recipe}${named.join('')}${datasetEnding}`);
  const there = (await files.list(folder, datasetEnding)).some((entry) => entry.path === path);
  if (there) return path;
  await files.makeFolder(folder);
  await (await datasets()).generate({ recipe, out: path, ...settings }, call);
  return path;
}
