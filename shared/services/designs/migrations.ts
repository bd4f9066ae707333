import { designVersion } from '#shared/contract/design.ts';
import { RunboardError } from '#shared/contract/failure.ts';

export type RawDesign = Record<string, unknown>;

/** How a file of version n becomes one of version n + 1, at key n. Files are migrated on opening, written on saving. */
export const migrations: Readonly<Record<number, (raw: RawDesign) => RawDesign>> = {};

/** The design in the form of `to`; newer ones are left as they are. Throws where a step is missing. */
export function migrate(
  raw: RawDesign,
  where: string,
  steps: Readonly<Record<number, (raw: RawDesign) => RawDesign>> = migrations,
  to: number = designVersion,
): RawDesign {
  let current = raw;
  for (let version = current['version'] as number; version < to; version++) {
    const step = steps[version];
    if (step === undefined)
      throw new RunboardError(
        'bad-input',
        `there is no way from version ${version} of the file format to version ${to}`,
        { where },
      );
    current = { ...step(current), version: version + 1 };
  }
  return current;
}
