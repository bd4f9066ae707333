import { designLimits } from '#shared/contract/design.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { OpenedDesign } from '#shared/contract/design-files.ts';
import type { Handlers } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { changesInWords } from '#shared/documents/design-changes.ts';
import { keepBeforeSave } from '../restore-points/keep.ts';
import type { OpenDesigns } from './open-designs.ts';
import { readDesign } from './read.ts';
import type { Specs } from './repair.ts';
import { writeDesign } from './write.ts';

/** Ending of the files that hold designs. */
export const designEnding = '.runboard';

export function designHandlers(
  ports: Ports,
  specs: Specs,
  openDesigns: OpenDesigns,
): Pick<Handlers, `designs.${'open' | 'save' | 'list' | 'hold' | 'compare'}`> {
  const { files, places } = ports;
  const saves = new Saves();
  return {
    'designs.open': async ({ path }) => ({
      ...(await openDesign(ports, specs, path)),
      path: files.resolve('.', path),
    }),

    'designs.hold': async (options, call) => {
      await openDesigns.hold(options, call);
      return { ended: true };
    },

    'designs.save': async ({ path, design, expectedDigest, replace = false }) => {
      if (!path.endsWith(designEnding))
        throw new RunboardError('bad-input', `a design is saved to a file that ends in ${designEnding}`, {
          where: path,
        });
      const whole = files.resolve('.', path);
      const saved = await saves.next(whole, expectedDigest, async (expected) => {
        const found = await files.digest(path);
        if (found !== expected && !replace) throw changedSince(path, found, expected);
        const text = writeDesign(design);
        if (text.length > designLimits.bytes)
          throw new RunboardError('too-large', 'the design is too large to be opened again', { where: path });
        const { readOnly } = readDesign(text, path, specs);
        if (readOnly !== null)
          throw new RunboardError('newer-version', readOnly, { where: path, remedy: 'save it with a newer Runboard' });
        // A workspace that takes no more files must not stand between a person and saving.
        if (found !== null) await keepBeforeSave(ports, path, text).catch(() => {});
        const { digest } = await files.save(path, text);
        return { digest };
      });
      return { ...saved, path: whole };
    },

    'designs.compare': async ({ before, after }) => changesInWords(before, after),

    'designs.list': async () => {
      // The workspace is a folder of its own; the designs lie in it and beside it.
      const found = [
        ...(await files.list(places.workspace, designEnding)),
        ...(await files.list(files.folderOf(places.workspace), designEnding)),
      ];
      return Promise.all(
        found.map(async ({ path, name, modifiedAt }) => {
          const title = await openDesign(ports, specs, path).then(
            (opened) => opened.design.title,
            () => name,
          );
          return { path, title, modifiedAt };
        }),
      );
    },
  };
}

interface Saving {
  readonly expected: string | null;
  /** The digest that was written; what was expected where nothing was. */
  readonly written: Promise<string | null>;
}

/**
 * Saves of a file, one after the other. Who saves again before a slow disk has answered expects what was there before
 * both: what the first one wrote is no change by something else.
 */
class Saves {
  readonly #last = new Map<string, Saving>();

  async next(
    path: string,
    expected: string | null,
    save: (expected: string | null) => Promise<{ digest: string }>,
  ): Promise<{ digest: string }> {
    const before = this.#last.get(path);
    const work = (before?.written ?? Promise.resolve(expected)).then((written) =>
      save(before?.expected === expected ? written : expected),
    );
    const saving = {
      expected,
      written: work.then(
        ({ digest }) => digest,
        () => expected,
      ),
    };
    this.#last.set(path, saving);
    return work.finally(() => this.#last.get(path) === saving && this.#last.delete(path));
  }
}

function changedSince(path: string, found: string | null, expected: string | null): RunboardError {
  if (expected === null)
    return new RunboardError('bad-input', 'there is a file already', { where: path, remedy: 'choose another name' });
  const happened = found === null ? 'the file is gone' : 'the file was changed by something else';
  return new RunboardError('bad-input', `${happened} since it was opened`, {
    where: path,
    remedy: 'save under another name, or open it again',
  });
}

/** The design in a file, mended where that is needed. */
export async function openDesign({ files }: Ports, specs: Specs, path: string): Promise<OpenedDesign> {
  const { text, digest } = await files.read(path, designLimits.bytes);
  const opened = readDesign(text, path, specs);
  const locked = opened.readOnly === null ? await files.locked(path) : null;
  const saveAs = locked === null ? null : `${locked}; save it under another name to change it`;
  return { path, ...opened, readOnly: opened.readOnly ?? saveAs, digest };
}
