/** What a failure or a warning says, beginning as a sentence does; names, numbers and paths stay as they are written. */
export function sentence(said: string): string {
  return said.replace(/^(?![xy] )[a-z]+(?=[ ,;:])/, (word) => word[0].toUpperCase() + word.slice(1));
}
