import { visible } from './tree.ts';
import type { Block, Cell, Document, Inline, ListItem } from './tree.ts';

/** The document as Markdown (GitHub's dialect); figures are files beside it. */
export function toMarkdown(document: Document): string {
  return `${document.blocks.map(blockText).join('\n\n')}\n`;
}

/** Text that reads as itself within a line: marks, HTML and links are escaped; intervals like [0.1, 0.2] stay readable. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\\`*|~$]/g, '\\$&')
    .replace(/\[(?![-+]?\d[\d.,+\s-]*\](?![([:]))/g, '\\[')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/\b(https?|ftp|mailto):/gi, '$1&#58;')
    .replace(/\bwww\./gi, 'www&#46;');
}

/** Escapes what would begin a heading, a list, a quote or a rule at the beginning of a block. */
function atStart(markdown: string): string {
  return markdown.replace(/^(\s*)([-+=#>])/, '$1\\$2').replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');
}

/** Text that stands side by side as one: "[1]" is harmless, and so is "(javascript:…)", but not the one behind the other. */
function joined(parts: readonly Inline[]): readonly Inline[] {
  const whole: Inline[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    const both = last?.type === 'text' && (part.type === 'text' || part.type === 'number');
    if (both) whole[whole.length - 1] = { type: 'text', text: last.text + part.text };
    else whole.push(part.type === 'number' ? { type: 'text', text: part.text } : part);
  }
  return whole;
}

function inlineText(parts: readonly Inline[]): string {
  return joined(parts)
    .map((part) => {
      switch (part.type) {
        case 'text':
        case 'number':
          return escapeMarkdown(part.text);
        case 'strong':
          return `**${escapeMarkdown(part.text)}**`;
        case 'emphasis':
          return `*${escapeMarkdown(part.text)}*`;
        case 'code':
          return codeSpan(part.text);
        case 'missing':
          return `*(${escapeMarkdown(part.text)})*`;
        case 'link':
          return `[${escapeMarkdown(part.text).replace(/(?<!\\)[[\]]/g, '\\$&')}](<${part.to}>)`;
      }
    })
    .join('');
}

/** Fenced by one backtick more than the text holds. */
function codeSpan(text: string): string {
  const shown = visible(text).replace(/\n/g, ' ');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = '`'.repeat(longest + 1);
  return shown.startsWith('`') || shown.endsWith('`') ? `${ticks} ${shown} ${ticks}` : `${ticks}${shown}${ticks}`;
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return atStart(inlineText(block.text));
    case 'quote':
      return `> ${atStart(inlineText(block.text))}`;
    case 'list':
      return block.items.map((item, i) => itemText(item, block.ordered ? `${i + 1}.` : '-')).join('\n');
    case 'code': {
      const longest = Math.max(2, ...[...block.text.matchAll(/`+/g)].map((run) => run[0].length));
      const ticks = '`'.repeat(longest + 1);
      return `${ticks}\n${visible(block.text)}\n${ticks}`;
    }
    case 'figure':
      return `![${escapeMarkdown(block.caption).replace(/(?<!\\)[[\]]/g, '\\$&')}](${encodeURI(block.file)})`;
    case 'table':
      return tableText(block);
  }
}

/** What belongs to an item is set in by as much as its mark is wide. */
function itemText({ text, below }: ListItem, mark: string): string {
  const inset = ' '.repeat(mark.length + 1);
  const under = below.map((block) =>
    `${block.type === 'list' ? '' : '\n'}${blockText(block)}`.replace(/^(?=.)/gm, inset),
  );
  return [`${mark} ${atStart(inlineText(text))}`, ...under].join('\n');
}

function tableText(table: Extract<Block, { type: 'table' }>): string {
  const cell = (one: Cell): string =>
    typeof one === 'string' ? escapeMarkdown(one) : inlineText(one).replace(/(?<!\\)\|/g, '\\|');
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = table.columns.map((_, i) => (table.right[i] ? '---:' : '---'));
  return [row(table.columns.map(escapeMarkdown)), row(rule), ...table.rows.map((cells) => row(cells.map(cell)))].join(
    '\n',
  );
}
