/** Columns handled together: eight rows of one panel (4 KB) stay in the first-level cache. A multiple of 4. */
const PANEL = 64;

/** Hears which share of the work is done, from 0 to 1; may throw to stop it. */
export type Tick = (share: number) => void;

/** Counts multiply-adds, n³ / 2 of them for an inverse, and tells the share. */
class Work {
  private done = 0;
  private readonly total: number;
  private readonly tick: Tick | undefined;

  constructor(n: number, tick: Tick | undefined) {
    this.total = n ** 3 / 2;
    this.tick = tick;
  }

  add(operations: number): void {
    this.done += operations;
    this.tick?.(Math.min(1, this.done / this.total));
  }
}

/** Rows handled between two ticks. A multiple of 4. */
const BAND = 256;

/** A block of rows, columns and summed positions: C[i, j] for i in [i0, i1), j in [j0, j1), summed over k in [k0, k1). */
interface Block {
  readonly i0: number;
  readonly i1: number;
  readonly j0: number;
  readonly j1: number;
  readonly k0: number;
  readonly k1: number;
}

/**
 * C[i, j] -= Σ_k A[i, k] B[j, k] for 4 rows and 4 columns, with the 16 sums in registers.
 * `a`, `b`, `c` are the places of A[i, k0], B[j, k0] and C[i, j]; `n` is the row length of all three.
 */
function subtractTile(
  C: Float64Array,
  A: Float64Array,
  B: Float64Array,
  n: number,
  c: number,
  a: number,
  b: number,
  length: number,
): void {
  // prettier-ignore
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0;
  // prettier-ignore
  let s20 = 0, s21 = 0, s22 = 0, s23 = 0, s30 = 0, s31 = 0, s32 = 0, s33 = 0;
  const end = a + length;
  // prettier-ignore
  for (let p = a, q = b; p < end; p++, q++) {
    const b0 = B[q], b1 = B[q + n], b2 = B[q + 2 * n], b3 = B[q + 3 * n];
    const a0 = A[p];
    s00 += a0 * b0; s01 += a0 * b1; s02 += a0 * b2; s03 += a0 * b3;
    const a1 = A[p + n];
    s10 += a1 * b0; s11 += a1 * b1; s12 += a1 * b2; s13 += a1 * b3;
    const a2 = A[p + 2 * n];
    s20 += a2 * b0; s21 += a2 * b1; s22 += a2 * b2; s23 += a2 * b3;
    const a3 = A[p + 3 * n];
    s30 += a3 * b0; s31 += a3 * b1; s32 += a3 * b2; s33 += a3 * b3;
  }
  C[c] -= s00;
  C[c + 1] -= s01;
  C[c + 2] -= s02;
  C[c + 3] -= s03;
  c += n;
  C[c] -= s10;
  C[c + 1] -= s11;
  C[c + 2] -= s12;
  C[c + 3] -= s13;
  c += n;
  C[c] -= s20;
  C[c + 1] -= s21;
  C[c + 2] -= s22;
  C[c + 3] -= s23;
  c += n;
  C[c] -= s30;
  C[c + 1] -= s31;
  C[c + 2] -= s32;
  C[c + 3] -= s33;
}

function subtractCell(
  C: Float64Array,
  A: Float64Array,
  B: Float64Array,
  n: number,
  i: number,
  j: number,
  k0: number,
  k1: number,
): void {
  let sum = 0;
  for (let k = k0; k < k1; k++) sum += A[i * n + k] * B[j * n + k];
  C[i * n + j] -= sum;
}

/** C -= A Bᵀ on a block, by 4 × 4 tiles. With `lower`, only cells with j <= i are promised (tiles on the diagonal are filled whole). */
function subtractProduct(
  C: Float64Array,
  A: Float64Array,
  B: Float64Array,
  n: number,
  block: Block,
  lower: boolean,
): void {
  const { i0, i1, j0, j1, k0, k1 } = block;
  let i = i0;
  for (; i + 4 <= i1; i += 4) {
    const end = lower ? Math.min(j1, i + 4) : j1;
    let j = j0;
    for (; j + 4 <= end; j += 4) subtractTile(C, A, B, n, i * n + j, i * n + k0, j * n + k0, k1 - k0);
    for (; j < end; j++) for (let r = i; r < i + 4; r++) subtractCell(C, A, B, n, r, j, k0, k1);
  }
  for (; i < i1; i++) {
    const end = lower ? Math.min(j1, i + 1) : j1;
    for (let j = j0; j < end; j++) subtractCell(C, A, B, n, i, j, k0, k1);
  }
}

/** `subtractProduct` in bands of rows, with a tick after each. */
function subtractInBands(
  C: Float64Array,
  A: Float64Array,
  B: Float64Array,
  n: number,
  block: Block,
  lower: boolean,
  work: Work,
): void {
  for (let i0 = block.i0; i0 < block.i1; i0 += BAND) {
    const i1 = Math.min(block.i1, i0 + BAND);
    const columns = (lower ? Math.min(block.j1, (i0 + i1) / 2) : block.j1) - block.j0;
    subtractProduct(C, A, B, n, { ...block, i0, i1 }, lower);
    work.add((i1 - i0) * columns * (block.k1 - block.k0));
  }
}

/** Row i of the panel [p0, p1) against the factored diagonal block: x[j] = (a[j] - Σ_{p0 <= k < j} x[k] L[j, k]) / L[j, j], j up to `end`. */
function solveRow(row: Float64Array, rowStart: number, L: Float64Array, n: number, p0: number, end: number): void {
  for (let j = p0; j < end; j++) {
    let sum = row[rowStart + j];
    const other = j * n;
    for (let k = p0; k < j; k++) sum -= row[rowStart + k] * L[other + k];
    row[rowStart + j] = sum / L[other + j];
  }
}

/**
 * Cholesky factor in place: on entry the lower triangle of a symmetric positive definite n × n matrix (row-major), on return L with
 * L Lᵀ = A and zeros above the diagonal. Right-looking by panels. Throws a RangeError that names the row where a pivot is not positive.
 */
export function choleskyInPlace(matrix: Float64Array, n: number, work: Work = new Work(n, undefined)): void {
  for (let p0 = 0; p0 < n; p0 += PANEL) {
    const p1 = Math.min(n, p0 + PANEL);
    for (let i = p0; i < p1; i++) {
      solveRow(matrix, i * n, matrix, n, p0, i);
      let pivot = matrix[i * n + i];
      for (let k = p0; k < i; k++) pivot -= matrix[i * n + k] ** 2;
      if (!(pivot > 0)) {
        throw new RangeError(
          `The matrix is not positive definite: pivot ${pivot} in row ${i}. Raise the regularisation.`,
        );
      }
      matrix[i * n + i] = Math.sqrt(pivot);
      matrix.fill(0, i * n + i + 1, (i + 1) * n);
    }
    for (let i = p1; i < n; i++) solveRow(matrix, i * n, matrix, n, p0, p1);
    subtractInBands(matrix, matrix, matrix, n, { i0: p1, i1: n, j0: p1, j1: n, k0: p0, k1: p1 }, true, work);
  }
}

/** The inverse of a lower triangular L, transposed: row j of the result holds column j of L⁻¹, so it is upper triangular. */
export function invertLowerTransposed(L: Float64Array, n: number, work: Work = new Work(n, undefined)): Float64Array {
  const U = new Float64Array(n * n);
  for (let j = 0; j < n; j++) U[j * n + j] = 1;
  for (let c0 = 0; c0 < n; c0 += PANEL) {
    const c1 = Math.min(n, c0 + PANEL);
    // U[j, k] = (δ_jk - Σ_{j <= m < k} U[j, m] L[k, m]) / L[k, k]; the part of the sum left of the panel by products.
    for (let m0 = 0; m0 < c0; m0 += PANEL) {
      const m1 = m0 + PANEL;
      subtractInBands(U, U, L, n, { i0: 0, i1: m1, j0: c0, j1: c1, k0: m0, k1: m1 }, false, work);
    }
    for (let j = 0; j < c1; j++) solveRow(U, j * n, L, n, c0, c1);
  }
  return U;
}

/**
 * Replaces a symmetric positive definite n × n matrix (row-major; the lower triangle is read) by its inverse, both triangles.
 * A⁻¹ = L⁻ᵀ L⁻¹ from a blocked Cholesky factor: n³ floating-point operations, one more n × n array. Throws a RangeError as `choleskyInPlace` does.
 */
export function invertPositiveDefinite(matrix: Float64Array, n: number, tick?: Tick): void {
  const work = new Work(n, tick);
  choleskyInPlace(matrix, n, work);
  const U = invertLowerTransposed(matrix, n, work);
  matrix.fill(0);
  for (let m0 = 0; m0 < n; m0 += PANEL) {
    const m1 = Math.min(n, m0 + PANEL);
    // -A⁻¹[i, j] -= Σ_k U[i, k] U[j, k]; U is zero left of the diagonal, so panels end at row m1.
    subtractInBands(matrix, U, U, n, { i0: 0, i1: m1, j0: 0, j1: m1, k0: m0, k1: m1 }, true, work);
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = -matrix[i * n + j];
      matrix[i * n + j] = value;
      matrix[j * n + i] = value;
    }
  }
}
