import { designLimits, type Design } from '#shared/contract/design.ts';
import type { RestorePoint } from '#shared/contract/work.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { writeDesign } from '../designs/write.ts';

/** While a design changes, a point is kept this often at most. */
export const pointMillis = 5 * 60_000;
const keptMillis = 7 * 24 * 3_600_000;

/** So many of the newest of each design stay however old they seem: a clock that jumps ahead must not take them all. */
const alwaysKept = 3;

/** Points kept while working are thinned as they age: all of the last day, then the last of every hour, then of every day. */
const hourMillis = 3_600_000;
const dayMillis = 24 * hourMillis;

/** Ending of the files of restore points; their names say whose they are, when and why they were kept. */
export const restorePointEnding = '.point.json';

/** A design is known by its file, and before it has one by its draft. */
export interface DesignIdentity {
  readonly path: string | null;
  readonly draft: string | null;
}

export function restorePointFolder({ files, places }: Ports): string {
  return files.resolve(places.workspace, 'restore-points');
}

/** The part of a file's name that tells whose restore point it is: 64 bits of FNV-1a over the path, or over the draft. */
export function identityOf({ files }: Ports, { path, draft }: DesignIdentity): string {
  const text = path === null ? `draft ${draft ?? ''}` : `file ${files.resolve('.', path)}`;
  return hash32(text, 0x811c9dc5) + hash32(text, 0x9747b28c);
}

function hash32(text: string, basis: number): string {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** What the name of a restore point says, or null where it is none. */
export function readPointName(
  name: string,
): (RestorePoint & { readonly identity: string; readonly at: number }) | null {
  const match = /^([0-9a-f]{16})-(\d{13})-(working|before-save)\.point\.json$/.exec(name);
  if (match === null) return null;
  const at = Number(match[2]);
  return {
    id: name.slice(0, -restorePointEnding.length),
    identity: match[1],
    at,
    keptAt: new Date(at).toISOString(),
    why: match[3] as RestorePoint['why'],
  };
}

/** Keeps a changed design unless one was kept within the last five minutes. */
export async function keepWhileWorking(
  ports: Ports,
  of: DesignIdentity,
  design: Design,
  now: number = Date.now(),
): Promise<void> {
  const identity = identityOf(ports, of);
  const kept = await ports.files.list(restorePointFolder(ports), restorePointEnding);
  const points = kept.flatMap(({ name }) => readPointName(name) ?? []);
  // A clock that was set back has points in its future: they say nothing about when one was kept last.
  const before = points.filter((one) => one.identity === identity && one.why === 'working' && one.at <= now);
  const newest = Math.max(0, ...before.map((one) => one.at));
  if (now - newest < pointMillis) return;
  await place(ports, `${identity}-${stamp(now)}-working`, writeDesign(design), now);
}

/** Keeps the file that a save is about to replace by `next`, as it is; nothing where both are the same. */
export async function keepBeforeSave(
  ports: Ports,
  path: string,
  next: string,
  now: number = Date.now(),
): Promise<void> {
  const { text } = await ports.files.read(path, designLimits.bytes);
  if (text === next) return;
  await place(ports, `${identityOf(ports, { path, draft: null })}-${stamp(now)}-before-save`, text, now);
}

function stamp(now: number): string {
  return String(now).padStart(13, '0');
}

/**
 * Names of the points that are let go of: older than a week, or followed by another in the same hour or day; never one
 * of the newest few of a design.
 */
export function superfluous(names: readonly string[], now: number): string[] {
  const taken = new Set<string>();
  const seen = new Map<string, number>();
  const newestFirst = names
    .flatMap((name) => {
      const point = readPointName(name);
      return point === null ? [] : [{ name, ...point }];
    })
    .toSorted((a, b) => b.at - a.at);
  return newestFirst
    .filter(({ identity, at, why }) => {
      const age = now - at;
      const newer = seen.get(identity) ?? 0;
      seen.set(identity, newer + 1);
      if (age > keptMillis) return newer >= alwaysKept;
      if (why !== 'working' || age <= dayMillis) return false;
      const span = age <= 2 * dayMillis ? hourMillis : dayMillis;
      const place = `${identity} ${span} ${Math.floor(at / span)}`;
      const has = taken.has(place);
      taken.add(place);
      return has && newer >= alwaysKept;
    })
    .map(({ name }) => name);
}

/** Writes a point, and lets go of those that are superfluous by now. */
async function place(ports: Ports, id: string, text: string, now: number): Promise<void> {
  const { files } = ports;
  const folder = restorePointFolder(ports);
  await files.makeFolder(folder);
  await files.save(files.resolve(folder, `${id}${restorePointEnding}`), text);
  const kept = await files.list(folder, restorePointEnding);
  const names = kept.map(({ name }) => name);
  for (const name of superfluous(names, now)) await files.remove(files.resolve(folder, name));
}
