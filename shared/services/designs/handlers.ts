import { designLimits } from '#shared/contract/design.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Handlers, OpenedDesign } from '#shared/contract/methods.ts';
import type { Ports } from '#shared/contract/ports.ts';
import { keepBeforeSave } from '../restore-points/keep.ts';
import { readDesign } from './read.ts';
import type { Specs } from './repair.ts';
import { writeDesign } from './write.ts';

/** Ending of the files that hold designs. */
export const designEnding = '.runboard';

export function designHandlers(
  ports: Ports,
  specs: Specs,
): Pick<Handlers, 'designs.open' | 'designs.save' | 'designs.list'> {
  const { files, places } = ports;
  return {
    'designs.open': async ({ path }) => openDesign(ports, specs, path),

    'designs.save': async ({ path, design, expectedDigest }) => {
      const found = await files.digest(path);
      if (found !== expectedDigest) {
        if (expectedDigest === null)
          throw new RunboardError('bad-input', 'there is a file already', {
            where: path,
            remedy: 'choose another name',
          });
        const happened = found === null ? 'the file is gone' : 'the file was changed by something else';
        throw new RunboardError('bad-input', `${happened} since it was opened`, {
          where: path,
          remedy: 'save under another name, or open it again',
        });
      }
      const text = writeDesign(design);
      if (text.length > designLimits.bytes)
        throw new RunboardError('too-large', 'the design is too large to be opened again', { where: path });
      const { readOnly } = readDesign(text, path, specs);
      if (readOnly !== null)
        throw new RunboardError('newer-version', readOnly, { where: path, remedy: 'save it with a newer Runboard' });
      // A workspace that takes no more files must not stand between a person and saving.
      if (found !== null) await keepBeforeSave(ports, path, text).catch(() => {});
      return files.save(path, text);
    },

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

async function openDesign({ files }: Ports, specs: Specs, path: string): Promise<OpenedDesign> {
  const { text, digest } = await files.read(path, designLimits.bytes);
  return { path, ...readDesign(text, path, specs), digest };
}
