/** A document before it is written in a format: plain data, all text unescaped. */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'strong'; readonly text: string }
  | { readonly type: 'emphasis'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly to: string }
  /** A number of a run; `from` says which. */
  | { readonly type: 'number'; readonly text: string; readonly from: string }
  /** A reference to a run that leads nowhere, and why. */
  | { readonly type: 'missing'; readonly text: string };

export interface ListItem {
  readonly text: readonly Inline[];
  /** Lists and paragraphs that belong to the item. */
  readonly below: readonly Block[];
}

export type Cell = string | readonly Inline[];

export type Block =
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | { readonly type: 'paragraph'; readonly text: readonly Inline[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[] }
  | { readonly type: 'quote'; readonly text: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  | {
      readonly type: 'table';
      readonly columns: readonly string[];
      readonly right: readonly boolean[];
      readonly rows: readonly (readonly Cell[])[];
    }
  | { readonly type: 'figure'; readonly file: string; readonly svg: string; readonly caption: string };

export interface Document {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export function plain(text: string): Inline[] {
  return [{ type: 'text', text }];
}

export function paragraph(...parts: readonly (string | Inline)[]): Block {
  return {
    type: 'paragraph',
    text: parts.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
  };
}

export function heading(level: 1 | 2 | 3 | 4, text: string): Block {
  return { type: 'heading', level, text };
}

/**
 * Text as it may be shown: without control characters, lone surrogates and characters that turn the direction of what
 * follows, none of which can be seen and some of which XML forbids.
 */
export function visible(text: string): string {
  let shown = '';
  for (const one of text) {
    const code = one.codePointAt(0) as number;
    const hidden =
      (code < 0x20 && code !== 0x09 && code !== 0x0a) ||
      (code >= 0x7f && code < 0xa0) ||
      (code >= 0xd800 && code <= 0xdfff) ||
      (code >= 0x202a && code <= 0x202e) ||
      (code >= 0x2066 && code <= 0x2069) ||
      code === 0xfffe ||
      code === 0xffff;
    if (!hidden) shown += one;
  }
  return shown;
}
