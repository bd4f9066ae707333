/** Widths of Inter's letters in thousandths of the size, by groups: near enough to cut text where it would run over. */
const groups: readonly (readonly [string, number])[] = [
  ["iljI.,:;|!'` ", 270],
  ['ftr()[]{}-/"', 370],
  ['sJzcxvkyeoanduhbpqg?*', 575],
  ['ABCDEFGHKLNOPQRSTUVXYZ0123456789$&#', 665],
  ['mwMW@%—…', 885],
];

const widths = new Map<string, number>();
for (const [letters, width] of groups) for (const letter of letters) widths.set(letter, width);

export function textWidth(text: string, size: number): number {
  let sum = 0;
  for (const letter of text) sum += widths.get(letter) ?? ((letter.codePointAt(0) as number) > 0x2e80 ? 1000 : 620);
  return (sum * size) / 1000;
}

/** All letters of a monospaced face are equally wide. */
export function monoWidth(text: string, size: number): number {
  let sum = 0;
  for (const letter of text) sum += (letter.codePointAt(0) as number) > 0x2e80 ? 1 : 0.6;
  return sum * size;
}

/** The text, cut with an ellipsis where it is wider than `room`. Halves what is left to try: a text may have a million letters. */
export function fitted(text: string, size: number, room: number, measure: typeof textWidth = textWidth): string {
  if (measure(text, size) <= room) return text;
  const letters = [...text];
  const cut = (length: number): string => `${letters.slice(0, length).join('').trimEnd()}…`;
  let [fits, tooLong] = [1, letters.length + 1];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (measure(cut(middle), size) <= room) fits = middle;
    else tooLong = middle;
  }
  return cut(fits);
}
