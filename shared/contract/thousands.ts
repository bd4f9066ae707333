/** A count with its thousands marked: 1234567 is "1,234,567"; fractions keep one place. */
export function thousands(count: number): string {
  const digits = Number.isInteger(count) ? String(count) : count.toFixed(1).replace(/\.0$/, '');
  return digits.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');
}
