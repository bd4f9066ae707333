import { RunboardError } from '#shared/contract/failure.ts';
import type { Split } from '#shared/contract/values.ts';
import { labelOf } from '#shared/values/label-of.ts';
import type { Labelling } from '#shared/values/label-of.ts';
import { picked } from './drawn-rows.ts';
import type { DrawnRows } from './drawn-rows.ts';

/** Event rows of all parts and the part of each. */
export function eventsByPart(split: Split): { rows: Int32Array; part: Uint8Array } {
  const { train, validation, test } = split;
  const rows = new Int32Array(train.length + validation.length + test.length);
  const part = new Uint8Array(rows.length);
  rows.set(train);
  rows.set(validation, train.length);
  rows.set(test, train.length + validation.length);
  part.fill(1, train.length, train.length + validation.length);
  part.fill(2, train.length + validation.length);
  return { rows, part };
}

/** Events as examples: rows[i] with label[i]; those without a label (NaN) are left out. */
function rowsFromEvents(
  split: Split,
  rows: Int32Array,
  part: Uint8Array,
  label: Float32Array,
  labelling: string,
): DrawnRows {
  const kept = Int32Array.from(rows.keys()).filter((i) => !Number.isNaN(label[i]));
  const source = picked(rows, kept);
  const parts = picked(part, kept);
  const { user, item, time } = split.dataset.events;
  return {
    user: picked(user, source),
    item: picked(item, source),
    source,
    trainRow: source.map((row, i) => (parts[i] === 0 ? row : -1)),
    label: picked(label, kept),
    part: parts,
    time: picked(time, source),
    key: picked(user, source),
    weight: null,
    labelling,
  };
}

/** Examples from the values that users gave. */
export function explicitLabels(split: Split, labelling: Labelling): DrawnRows {
  const { rows, part } = eventsByPart(split);
  const { value } = split.dataset.events;
  const label = Float32Array.from(rows, (row) => labelOf(value[row], labelling));
  const name = split.dataset.roles['value'] ?? 'value';
  const { positive, negative, target } = labelling;
  if (target === 'threshold' && !(negative < positive)) {
    throw new RunboardError(
      'bad-parameter',
      `values up to ${negative} cannot be negative while those from ${positive} are positive`,
      {
        where: 'negative',
        remedy: 'choose a value below "positive"',
      },
    );
  }
  const words =
    target === 'value'
      ? `${name} as it is`
      : `${name} from ${positive} positive, up to ${negative} negative, the rest left out`;
  return rowsFromEvents(split, rows, part, label, words);
}
