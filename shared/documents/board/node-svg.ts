import type { Node } from '#shared/contract/design.ts';
import { kinds } from '#shared/contract/kinds.ts';
import type { NodeResult, NodeStatus, RunResult } from '#shared/contract/results.ts';
import { specs } from '#shared/components/specs.generated.ts';
import { headlineOf, labelled } from '../headline.ts';
import { escapeHtml } from '../html.ts';
import { shortCount, shortValue } from '../numbers.ts';
import { componentTitle, stageOf } from '../stages.ts';
import { icons } from './icons.generated.ts';
import { laneOf } from './lanes.ts';
import type { Box } from './layout.ts';
import { fonts, laneColours, paper } from './palette.ts';
import { fitted, monoWidth, textWidth } from './text-width.ts';

/** A box with what it stands for, what it is bound to, how it fared, and its one number. */
export function nodeSvg(node: Node, box: Box, run: RunResult | null): string {
  const result =
    run !== null && Object.hasOwn(run.nodes, node.id) && run.nodes[node.id].component === node.binding?.component
      ? run.nodes[node.id]
      : null;
  const bound = node.binding !== undefined;
  const dim = node.mode === 'off' ? ' opacity=".5"' : '';
  const middle = box.y + box.height / 2;
  const parts = [
    `<g${dim}>`,
    frameSvg(box, bound),
    iconSvg(node, box.x + 12, middle - (bound ? 20 : 17)),
    titleSvg(node, box, middle - (bound ? 7.5 : 5), result === null ? 0 : 18),
    result === null ? '' : stateSvg(result.status, box.x + box.width - 22, middle - 19),
    bound ? boundLine(node, box, middle + 15, result) : kindLine(node, box, middle + 12),
    '</g>',
  ];
  return parts.filter((part) => part !== '').join('');
}

function frameSvg(box: Box, bound: boolean): string {
  const place = `x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="9"`;
  if (!bound)
    return `<rect ${place} fill="${paper.ground}" fill-opacity=".9" stroke="${paper.dashed}" stroke-dasharray="4 3"/>`;
  // The second, lower box is the shadow: barely there.
  return `<rect x="${box.x}" y="${box.y + 1.5}" width="${box.width}" height="${box.height}" rx="9" fill="#000" fill-opacity=".05"/><rect ${place} fill="${paper.node}" stroke="${paper.border}"/>`;
}

function iconSvg(node: Node, x: number, y: number): string {
  const component = node.binding?.component ?? '';
  const name = Object.hasOwn(specs, component)
    ? specs[component].icon
    : Object.hasOwn(kinds, node.kind)
      ? kinds[node.kind].icon
      : 'square-dashed';
  const path = Object.hasOwn(icons, name) ? icons[name] : 'M4 4h16v16H4z';
  const ink = laneColours[laneOf(node)].ink;
  return `<path transform="translate(${x} ${y}) scale(.625)" d="${path}" fill="none" stroke="${ink}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`;
}

function titleSvg(node: Node, box: Box, y: number, taken: number): string {
  const weight = node.binding === undefined ? 550 : 620;
  const title = fitted(node.title === '' ? node.id : node.title, 12.5, box.width - 44 - taken);
  return `<text x="${box.x + 34}" y="${y}" font-size="12.5" font-weight="${weight}" fill="${paper.ink}">${escapeHtml(title)}</text>`;
}

function kindLine(node: Node, box: Box, y: number): string {
  const text = fitted(node.kind, 10, box.width - 46, monoWidth);
  return `<text x="${box.x + 34}" y="${y}" font-size="10" font-family="${fonts.mono}" fill="${paper.faint}">${escapeHtml(text)}</text>`;
}

function boundLine(node: Node, box: Box, y: number, result: NodeResult | null): string {
  const [value, unit] = numberOf(result);
  const unitWidth = unit === '' ? 0 : textWidth(unit, 10.3) + 5;
  const right = box.x + box.width - 12;
  const room = box.width - 24 - unitWidth - (value === '' ? 0 : textWidth(value, 12) + 14);
  const name = fitted(componentTitle(node.binding?.component ?? ''), 10.3, room, monoWidth);
  const parts = [
    `<text x="${box.x + 12}" y="${y}" font-size="10.3" font-family="${fonts.mono}" fill="${paper.soft}">${escapeHtml(name)}</text>`,
  ];
  if (value !== '') {
    const shown = `<tspan font-size="12" font-weight="650" fill="${paper.ink}">${escapeHtml(value)}</tspan>`;
    const named = unit === '' ? '' : `<tspan dx="5" font-size="10.3" fill="${paper.faint}">${escapeHtml(unit)}</tspan>`;
    parts.push(
      `<text x="${right}" y="${y}" text-anchor="end" style="font-variant-numeric:tabular-nums">${shown}${named}</text>`,
    );
  }
  return parts.join('');
}

/** The number that a node shows: its headline metric, else how much comes out of it. */
function numberOf(result: NodeResult | null): readonly [string, string] {
  if (result === null) return ['', ''];
  const headline = headlineOf(result, stageOf(result.component));
  if (headline !== null) return [shortValue(headline.metric.value), labelled(headline.key, headline.origin)];
  if (result.out === null) return ['', ''];
  return [shortCount(result.out), result.unit.replace(/^training /, '').replace(/ per request$/, '')];
}

const states: Readonly<Record<NodeStatus, readonly [string, string]>> = {
  done: ['<path d="M1.5 6.5l3 3 6-7"/>', paper.good],
  reused: ['<path d="M10 6a4 4 0 1 1-1.2-2.9M10 1v2.4H7.6"/>', paper.faint],
  failed: ['<path d="M2 2l8 8M10 2l-8 8"/>', paper.bad],
  cancelled: ['<rect x="2.5" y="2.5" width="7" height="7" rx="1.5"/>', paper.warn],
  skipped: ['<path d="M2 6h8"/>', paper.faint],
};

function stateSvg(status: NodeStatus, x: number, y: number): string {
  const [inner, ink] = states[status];
  return `<g transform="translate(${x} ${y})" fill="none" stroke="${ink}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><title>${status}</title>${inner}</g>`;
}
