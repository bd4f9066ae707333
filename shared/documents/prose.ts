import type { BlockContent, DefinitionContent, List, Nodes, PhrasingContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Citations } from './references.ts';
import { loneReference, referencesIn } from './references.ts';
import { isSafeLink } from './safe-link.ts';
import { plain } from './tree.ts';
import type { Block, Inline, ListItem } from './tree.ts';

/** HTML is no Markdown here, and links stand where they are used. */
const dialect = [gfmTable(), { disable: { null: ['htmlFlow', 'htmlText', 'definition'] } }];

/**
 * What people write in sections, as blocks: Markdown with tables, without anything that can do harm. HTML stays the text
 * it is; references to a run (`{{node metric}}`) become what `citations` says, or stay as written without it.
 */
export function proseBlocks(lines: readonly string[], citations?: Citations): Block[] {
  const root = fromMarkdown(lines.join('\n'), { extensions: dialect, mdastExtensions: [gfmTableFromMarkdown()] });
  return root.children.flatMap((node) => blocksOf(node as BlockContent, citations));
}

function blocksOf(node: BlockContent | DefinitionContent, citations: Citations | undefined): Block[] {
  switch (node.type) {
    case 'heading': {
      // Sections are headings of level 2 already.
      const level = Math.min(4, Math.max(3, node.depth + 1)) as 3 | 4;
      return [{ type: 'heading', level, text: textOf(node) }];
    }
    case 'paragraph': {
      const alone = citations === undefined ? null : loneReference(textOf(node));
      const figure = alone === null ? null : citations?.block(alone);
      return figure ? [...figure] : [{ type: 'paragraph', text: inlines(node.children, citations) }];
    }
    case 'blockquote': {
      const text = node.children.flatMap((child, i): Inline[] => [
        ...(i === 0 ? [] : plain(' ')),
        ...('children' in child ? inlines(child.children as PhrasingContent[], citations) : plain(textOf(child))),
      ]);
      return [{ type: 'quote', text }];
    }
    case 'code':
      return [{ type: 'code', text: node.value }];
    case 'list':
      return [listOf(node, citations)];
    case 'table':
      return [tableOf(node, citations)];
    default:
      return [];
  }
}

function listOf(list: List, citations: Citations | undefined): Block {
  const items = list.children.map((item): ListItem => {
    const [first, ...rest] = item.children;
    const led = first?.type === 'paragraph';
    const below = led ? rest : item.children;
    return {
      text: led ? inlines(first.children, citations) : [],
      below: below.flatMap((node) => blocksOf(node, citations)),
    };
  });
  return { type: 'list', ordered: list.ordered === true, items };
}

function tableOf(table: Table, citations: Citations | undefined): Block {
  const [head, ...rows] = table.children;
  const columns = head.children.map(textOf);
  return {
    type: 'table',
    columns,
    right: columns.map((_, i) => table.align?.[i] === 'right'),
    rows: rows.map((row) =>
      columns.map((_, i) => (i < row.children.length ? inlines(row.children[i].children, citations) : '')),
    ),
  };
}

/** Words and their marks; a mark within a mark is its words. */
function inlines(nodes: readonly PhrasingContent[], citations: Citations | undefined): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'text':
        return cited(node.value.replace(/\s*\n\s*/g, ' '), citations);
      case 'strong':
      case 'emphasis':
        return cited(textOf(node), citations).map((part) =>
          part.type === 'text' ? { type: node.type, text: part.text } : part,
        );
      case 'inlineCode':
        return [{ type: 'code', text: node.value }];
      case 'link':
        return isSafeLink(node.url) ? [{ type: 'link', text: textOf(node), to: node.url }] : plain(asWritten(node));
      case 'break':
        return plain(' ');
      default:
        return plain(textOf(node));
    }
  });
}

/** A link that is not followed is shown with its address, so that nobody wonders what it was. */
function asWritten(link: Extract<PhrasingContent, { type: 'link' }>): string {
  return `[${textOf(link)}](${link.url})`;
}

/** Text with its references to a run looked up. */
function cited(text: string, citations: Citations | undefined): Inline[] {
  if (citations === undefined) return plain(text);
  const parts: Inline[] = [];
  let from = 0;
  for (const { at, length, words } of referencesIn(text)) {
    if (at > from) parts.push({ type: 'text', text: text.slice(from, at) });
    parts.push(citations.number(words));
    from = at + length;
  }
  if (from < text.length) parts.push({ type: 'text', text: text.slice(from) });
  return parts;
}

function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  if ('alt' in node) return node.alt ?? '';
  if (node.type === 'break') return ' ';
  return 'children' in node
    ? node.children
        .map((child: Nodes) => textOf(child))
        .join('')
        .replace(/\s*\n\s*/g, ' ')
    : '';
}
