import type { Column, Examples } from '#shared/contract/values.ts';

/** The same examples without their rows: what a ranker needs to know of features when it only scores candidates. */
export function noExamples(examples: Examples): Examples {
  return {
    ...examples,
    rows: 0,
    features: examples.features.map((feature) => ({ ...feature, column: emptyColumn(feature.column) })),
    label: new Float32Array(0),
    part: new Uint8Array(0),
    weight: null,
    group: examples.group === null ? null : new Int32Array(0),
    user: examples.user === null ? null : new Int32Array(0),
    item: examples.item === null ? null : new Int32Array(0),
    time: examples.time === null ? null : new Float64Array(0),
    prediction: examples.prediction === null ? null : new Float32Array(0),
  };
}

function emptyColumn(column: Column): Column {
  switch (column.kind) {
    case 'number':
      return { kind: 'number', values: new Float32Array(0) };
    case 'category':
      return { ...column, codes: new Int32Array(0) };
    case 'tags':
      return { ...column, offsets: new Int32Array(1), codes: new Int32Array(0) };
    case 'text':
      return { kind: 'text', values: [] };
    case 'vector':
      return { ...column, values: new Float32Array(0) };
    case 'target':
      return column;
  }
}
