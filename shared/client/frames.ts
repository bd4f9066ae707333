/** Longest piece of a message that is sent as one frame, in characters: 1 MiB is three times as many bytes at the most. */
const pieceLength = 320 * 1024;

/** What a frame begins with that is a piece of a longer message, and its last piece. A message itself begins with "{". */
const more = '+';
const last = '.';

/** A message as it travels over a socket: as it is, or in pieces that a server takes that refuses large frames. */
export function framesOf(text: string): readonly string[] {
  if (text.length <= pieceLength) return [text];
  const frames: string[] = [];
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + pieceLength);
    // A letter of two halves is not torn apart: half of one is no text.
    if (to < text.length && isFirstHalf(text.charCodeAt(to - 1))) to--;
    frames.push((to === text.length ? last : more) + text.slice(from, to));
    from = to;
  }
  return frames;
}

function isFirstHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** Puts messages together again. Holds no more than one message, and of that no more than `limit` characters. */
export class Reassembly {
  readonly #limit: number;
  #pieces: string[] = [];
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The message that a frame is or completes; null where more is to come, and 'too-long' where the line is to be ended. */
  take(frame: string): { readonly text: string } | 'too-long' | null {
    const mark = frame[0];
    if (mark !== more && mark !== last) return { text: frame };
    this.#length += frame.length - 1;
    if (this.#length > this.#limit) {
      this.#forget();
      return 'too-long';
    }
    this.#pieces.push(frame.slice(1));
    if (mark === more) return null;
    const text = this.#pieces.join('');
    this.#forget();
    return { text };
  }

  #forget(): void {
    this.#pieces = [];
    this.#length = 0;
  }
}
