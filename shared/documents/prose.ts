import type { Block, Inline } from './tree.ts';

/**
 * What people write in sections, as blocks: the part of Markdown that cannot do harm. Headings, lists, quotes, code,
 * strong, emphasis and links; everything else, HTML included, stays the text it is.
 */
export function proseBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  const all = lines.flatMap((line) => line.split(/\r\n|\r|\n/));
  for (let at = 0; at < all.length;) at = takeBlock(all, at, blocks);
  return blocks;
}

const bullet = /^\s{0,3}[-*+]\s+(.*)$/;
const numbered = /^\s{0,3}\d{1,9}[.)]\s+(.*)$/;
const headingLine = /^(#{1,6})\s+(.*?)\s*#*$/;
const quoteLine = /^\s{0,3}>\s?(.*)$/;
const fence = /^\s{0,3}```/;

/** Adds the block that begins at line `at` and answers the line after it. */
function takeBlock(lines: readonly string[], at: number, blocks: Block[]): number {
  const line = lines[at];
  if (line.trim() === '') return at + 1;
  const title = headingLine.exec(line);
  if (title !== null) {
    // Sections are headings of level 2 already.
    const level = Math.min(4, Math.max(3, title[1].length + 1)) as 3 | 4;
    blocks.push({ type: 'heading', level, text: title[2] });
    return at + 1;
  }
  if (fence.test(line)) {
    let end = at + 1;
    while (end < lines.length && !fence.test(lines[end])) end++;
    blocks.push({ type: 'code', text: lines.slice(at + 1, end).join('\n') });
    return end + 1;
  }
  for (const [pattern, ordered] of [
    [bullet, false],
    [numbered, true],
  ] as const) {
    if (pattern.test(line)) return takeList(lines, at, pattern, ordered, blocks);
  }
  const isQuote = quoteLine.test(line);
  const taken: string[] = [];
  let end = at;
  while (end < lines.length && (isQuote ? quoteLine.test(lines[end]) : isPlain(lines[end]))) {
    taken.push(isQuote ? (quoteLine.exec(lines[end])?.[1] ?? '') : lines[end].trim());
    end++;
  }
  blocks.push({ type: isQuote ? 'quote' : 'paragraph', text: inlines(taken.join(' ')) });
  return end;
}

function isPlain(line: string): boolean {
  return line.trim() !== '' && ![bullet, numbered, headingLine, quoteLine, fence].some((pattern) => pattern.test(line));
}

function takeList(lines: readonly string[], at: number, pattern: RegExp, ordered: boolean, blocks: Block[]): number {
  const items: string[] = [];
  let end = at;
  for (; end < lines.length; end++) {
    const found = pattern.exec(lines[end]);
    if (found !== null) items.push(found[1]);
    else if (/^\s{2,}\S/.test(lines[end])) items[items.length - 1] += ` ${lines[end].trim()}`;
    else break;
  }
  blocks.push({ type: 'list', ordered, items: items.map(inlines) });
  return end;
}

const marks =
  /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|(?<![\w])_([^_\s][^_]*)_(?![\w])|\[([^\]]+)\]\(([^()\s]+)\)/g;

/** One line of prose with its marks. */
function inlines(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const found of text.matchAll(marks)) {
    const [whole, code, strong, star, under, label, to] = found;
    if (label !== undefined && !isSafeLink(to)) continue;
    if (found.index > from) parts.push({ type: 'text', text: text.slice(from, found.index) });
    if (code !== undefined) parts.push({ type: 'code', text: code });
    else if (strong !== undefined) parts.push({ type: 'strong', text: strong });
    else if (label !== undefined) parts.push({ type: 'link', text: label, to });
    else parts.push({ type: 'emphasis', text: star ?? under });
    from = found.index + whole.length;
  }
  if (from < text.length) parts.push({ type: 'text', text: text.slice(from) });
  return parts;
}

/** Only to the web and to mail; nothing that runs or opens a program. */
export function isSafeLink(to: string): boolean {
  return /^(https?:\/\/|mailto:)[^\s<>"'`\\]+$/i.test(to);
}
