import { transpose, type SparseRows } from './sparse.ts';

/**
 * Weighs the terms of documents and makes every row unit long: w = tf · idf, idf = ln((1 + N) / (1 + df)) + 1, as scikit-learn does with
 * smoothing. `counts` is documents × terms; its values are term frequencies (1 without values). O(cells).
 */
export function tfIdf(counts: SparseRows): SparseRows {
  const { rows, cols, starts, columns } = counts;
  const documents = new Int32Array(cols);
  for (let p = 0; p < columns.length; p++) documents[columns[p]]++;
  const inverse = Float64Array.from(documents, (frequency) => Math.log((1 + rows) / (1 + frequency)) + 1);
  const values = new Float32Array(columns.length);
  for (let r = 0; r < rows; r++) {
    let square = 0;
    for (let p = starts[r]; p < starts[r + 1]; p++) {
      const weight = (counts.values === undefined ? 1 : counts.values[p]) * inverse[columns[p]];
      values[p] = weight;
      square += weight * weight;
    }
    const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
    for (let p = starts[r]; p < starts[r + 1]; p++) values[p] *= scale;
  }
  return { rows, cols, starts, columns, values };
}

/** Documents with unit rows, by row and by term, ready to be compared with a mix of documents. */
export class SparseProfiles {
  private readonly byDocument: SparseRows;
  private readonly byTerm: SparseRows;
  private readonly profile: Float64Array;

  constructor(documents: SparseRows) {
    this.byDocument = documents;
    this.byTerm = transpose(documents);
    this.profile = new Float64Array(documents.cols);
  }

  /**
   * scores[d] = cosine of document d and the mean of the `liked` documents; 0 without a common term. Overwrites `out`, which has one
   * entry per document. Answers false, and leaves `out` at 0, where the liked documents have no terms.
   */
  scoreInto(out: Float64Array, liked: Int32Array): boolean {
    const { byDocument, byTerm, profile } = this;
    out.fill(0);
    for (let l = 0; l < liked.length; l++) {
      for (let p = byDocument.starts[liked[l]]; p < byDocument.starts[liked[l] + 1]; p++) {
        profile[byDocument.columns[p]] += byDocument.values === undefined ? 1 : byDocument.values[p];
      }
    }
    let square = 0;
    for (let l = 0; l < liked.length; l++) {
      for (let p = byDocument.starts[liked[l]]; p < byDocument.starts[liked[l] + 1]; p++) {
        const term = byDocument.columns[p];
        const weight = profile[term];
        if (weight === 0) continue;
        square += weight * weight;
        for (let q = byTerm.starts[term]; q < byTerm.starts[term + 1]; q++) {
          out[byTerm.columns[q]] += weight * (byTerm.values === undefined ? 1 : byTerm.values[q]);
        }
        // Each term once; this also clears the profile for the next request.
        profile[term] = 0;
      }
    }
    if (square === 0) return false;
    const scale = 1 / Math.sqrt(square);
    for (let d = 0; d < out.length; d++) out[d] *= scale;
    return true;
  }
}
