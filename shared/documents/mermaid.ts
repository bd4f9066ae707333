import type { Design, Edge, Node } from '#shared/contract/design.ts';
import { lanes } from '#shared/contract/kinds.ts';
import { laneOf } from './board/lanes.ts';
import { laneTitles } from './board/palette.ts';
import { componentTitle } from './stages.ts';
import { visible } from './tree.ts';

const arrows: Readonly<Record<string, string>> = { artifact: '-.->', feedback: '-.->', control: '-.->', async: '-.->' };

/** The board as Mermaid text: lanes as subgraphs, drawn-only nodes dashed. */
export function toMermaid(design: Design): string {
  const { nodes, edges } = design.board;
  const names = new Map(nodes.map((node, i) => [node.id, `n${i + 1}`]));
  const lines = ['flowchart LR'];
  for (const lane of lanes) {
    const here = nodes.filter((node) => laneOf(node) === lane);
    if (here.length === 0) continue;
    lines.push(
      `  subgraph ${lane}["${laneTitles[lane]}"]`,
      ...here.map((node) => `    ${names.get(node.id)}["${label(node)}"]`),
      '  end',
    );
  }
  for (const edge of edges) lines.push(`  ${edgeText(edge, names)}`);
  const drawn = nodes.filter((node) => node.binding === undefined).map((node) => names.get(node.id));
  if (drawn.length > 0) lines.push('  classDef drawn stroke-dasharray: 4 3', `  class ${drawn.join(',')} drawn`);
  return `${lines.join('\n')}\n`;
}

function label(node: Node): string {
  const title = quoted(node.title === '' ? node.id : node.title);
  return node.binding === undefined ? title : `${title}<br/>${quoted(componentTitle(node.binding.component))}`;
}

function edgeText(edge: Edge, names: ReadonlyMap<string, string>): string {
  const arrow = arrows[edge.kind ?? ''] ?? '-->';
  const text = edge.label === undefined || edge.label === '' ? '' : `|"${quoted(edge.label)}"|`;
  return `${names.get(edge.from)} ${arrow}${text} ${names.get(edge.to)}`;
}

/** Mermaid reads HTML and Markdown in labels: everything but letters, digits and plain marks becomes a number code. */
function quoted(text: string): string {
  return visible(text)
    .replace(/\s+/g, ' ')
    .replace(/[^\p{L}\p{M}\p{N} .,:+/%&()@=-]|&/gu, (one) => `#${one.codePointAt(0)};`);
}
