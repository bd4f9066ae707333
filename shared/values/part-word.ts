const words: Readonly<Record<string, 0 | 1 | 2>> = {
  train: 0, training: 0, '0': 0,
  valid: 1, validation: 1, val: 1, dev: 1, '1': 1,
  test: 2, testing: 2, '2': 2,
}; // prettier-ignore

/** The part of the data that a word names: 0 train, 1 validation, 2 test; -1 for any other word. */
export function partOfWord(word: string): 0 | 1 | 2 | -1 {
  const key = word.trim().toLowerCase();
  return Object.hasOwn(words, key) ? words[key] : -1;
}
