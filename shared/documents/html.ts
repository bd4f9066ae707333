import { isSafeLink } from './safe-link.ts';
import { visible } from './tree.ts';
import type { Block, Cell, Document, Inline } from './tree.ts';

/** Text for the inside of an element or a quoted attribute, in HTML and in SVG. */
export function escapeHtml(text: string): string {
  return visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

const style = `
:root { color-scheme: light; }
body { margin: 0; background: #faf9f6; color: #22211e; font: 15px/1.55 Inter, system-ui, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 920px; margin: 48px auto 96px; padding: 0 32px; }
h1 { font-size: 27px; font-weight: 680; letter-spacing: -.01em; margin: 0 0 4px; }
h2 { font-size: 18px; font-weight: 650; margin: 40px 0 8px; }
h3, h4 { font-size: 15px; font-weight: 650; margin: 24px 0 6px; }
p, ul, ol, blockquote { margin: 8px 0; }
blockquote { border-left: 3px solid #d9d6cf; margin-left: 0; padding-left: 14px; color: #5e5a52; }
code, pre { font-family: "JetBrains Mono", ui-monospace, Menlo, Consolas, monospace; font-size: .88em; }
pre { background: #f3f1ea; border-radius: 8px; padding: 12px 14px; overflow-x: auto; }
table { border-collapse: collapse; margin: 12px 0; font-size: 13.5px; width: 100%; }
th { text-align: left; font-weight: 600; color: #6f6b63; border-bottom: 1px solid #d9d6cf; padding: 6px 18px 6px 0; }
td { border-bottom: 1px solid #eceae4; padding: 6px 18px 6px 0; vertical-align: top; }
.number { border-bottom: 1px dotted #b9b5ab; } .missing { color: #a4501c; }
.right { text-align: right; white-space: nowrap; }
figure { margin: 24px 0; } figure svg { max-width: 100%; height: auto; }
figcaption { color: #6f6b63; font-size: 13px; }
a { color: #2f5fd0; }`;

/** The document as one page that needs nothing from elsewhere and runs nothing. */
export function toHtml(document: Document): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(document.title)}</title>`,
    `<style>${style}\n</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...document.blocks.map(blockText),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function inlineText(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      const text = escapeHtml(part.text);
      switch (part.type) {
        case 'text':
          return text;
        case 'strong':
          return `<strong>${text}</strong>`;
        case 'emphasis':
          return `<em>${text}</em>`;
        case 'code':
          return `<code>${text}</code>`;
        case 'number':
          return `<span class="number" title="${escapeHtml(part.from)}">${text}</span>`;
        case 'missing':
          return `<em class="missing">(${text})</em>`;
        case 'link':
          return isSafeLink(part.to) ? `<a href="${escapeHtml(part.to)}" rel="noopener noreferrer">${text}</a>` : text;
      }
    })
    .join('');
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'heading':
      return `<h${block.level}>${escapeHtml(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${inlineText(block.text)}</p>`;
    case 'quote':
      return `<blockquote>${inlineText(block.text)}</blockquote>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      return `<${tag}>${block.items.map((item) => `<li>${inlineText(item.text)}${item.below.map(blockText).join('')}</li>`).join('')}</${tag}>`;
    }
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`;
    case 'figure':
      return `<figure>${block.svg}<figcaption>${escapeHtml(block.caption)}</figcaption></figure>`;
    case 'table':
      return tableText(block);
  }
}

function tableText(table: Extract<Block, { type: 'table' }>): string {
  const side = (i: number): string => (table.right[i] ? ' class="right"' : '');
  const cell = (one: Cell): string => (typeof one === 'string' ? escapeHtml(one) : inlineText(one));
  const head = table.columns.map((column, i) => `<th${side(i)}>${escapeHtml(column)}</th>`).join('');
  const rows = table.rows.map((row) => `<tr>${row.map((one, i) => `<td${side(i)}>${cell(one)}</td>`).join('')}</tr>`);
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}
