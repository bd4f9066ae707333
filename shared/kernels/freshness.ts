/** 2^(-age / halfLife): 1 when new, ½ after one half-life; negative ages count as new. Same unit for both. */
export function halfLifeDecay(age: number, halfLife: number): number {
  return Math.pow(2, -Math.max(0, age) / halfLife);
}
