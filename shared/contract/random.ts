/** A stream of pseudo-random numbers, given to components by the engine (see kernels/random.ts). */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform 32-bit unsigned integer. */
  bits(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  /** Standard normal deviate. */
  normal(): number;
}
