import { Fragment, type ReactElement, type ReactNode } from 'react';
import { isSafeLink } from '#shared/documents/safe-link.ts';
import type { Block, Cell, Inline } from '#shared/documents/tree.ts';
import './prose.css';

/** Written text as it will be exported: the same blocks, as elements. */
export function Prose({ blocks }: { blocks: readonly Block[] }): ReactElement {
  return (
    <div className="prose">
      {blocks.map((block, i) => (
        <BlockElement key={i} block={block} />
      ))}
    </div>
  );
}

function BlockElement({ block }: { block: Block }): ReactElement {
  switch (block.type) {
    case 'heading': {
      const Heading = `h${block.level}` as const;
      return <Heading>{block.text}</Heading>;
    }
    case 'paragraph':
      return <p>{inlines(block.text)}</p>;
    case 'quote':
      return <blockquote>{inlines(block.text)}</blockquote>;
    case 'code':
      return (
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case 'figure':
      return (
        <figure>
          <img src={svgAddress(block.svg)} alt={block.caption} />
          <figcaption>{block.caption}</figcaption>
        </figure>
      );
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul';
      return (
        <List>
          {block.items.map((item, i) => (
            <li key={i}>
              {inlines(item.text)}
              {item.below.map((below, at) => (
                <BlockElement key={at} block={below} />
              ))}
            </li>
          ))}
        </List>
      );
    }
    case 'table':
      return <TableElement table={block} />;
  }
}

function TableElement({ table }: { table: Extract<Block, { type: 'table' }> }): ReactElement {
  const side = (i: number): string | undefined => (table.right[i] ? 'number' : undefined);
  return (
    <div className="prose-table" tabIndex={0} role="region" aria-label={`Table: ${table.columns.join(', ')}`}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column, i) => (
              <th key={i} className={side(i)}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, i) => (
                <td key={i} className={side(i)}>
                  {cellContent(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellContent(cell: Cell): ReactNode {
  if (typeof cell !== 'string') return inlines(cell);
  return interval.test(cell) ? <span className="prose-interval number">{cell}</span> : cell;
}

/** Stays on one line. */
const interval = /^\[-?[\d.]+, -?[\d.]+\]$/;

function inlines(parts: readonly Inline[]): ReactNode {
  return parts.map((part, i) => <Fragment key={i}>{inline(part)}</Fragment>);
}

function inline(part: Inline): ReactNode {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'emphasis':
      return <em>{part.text}</em>;
    case 'code':
      return <code>{part.text}</code>;
    case 'number':
      return (
        <span className="cited number" title={part.from}>
          {part.text}
        </span>
      );
    case 'missing':
      return <span className="cited cited-missing">{part.text}</span>;
    case 'link':
      return isSafeLink(part.to) ? (
        <a href={part.to} rel="noopener noreferrer" target="_blank">
          {part.text}
        </a>
      ) : (
        part.text
      );
  }
}

/** A drawing as an image: nothing in it can run or reach out. */
export function svgAddress(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
