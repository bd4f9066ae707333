import type { Design, Edge } from '#shared/contract/design.ts';
import type { RunResult } from '#shared/contract/results.ts';
import { escapeHtml } from '../html.ts';
import { stageOf } from '../stages.ts';
import type { Point } from '../wires/wire.ts';
import { edgeCounts } from './edge-counts.ts';
import { routeEdges, wireLabel, type WireLabel } from './edges.ts';
import { layoutBoard, noteBox } from './layout.ts';
import type { BoardLayout, Box } from './layout.ts';
import { nodeSvg } from './node-svg.ts';
import { fonts, laneColours, laneTitles, paper } from './palette.ts';
import { requestPath } from './request-path.ts';
import { fitted } from './text-width.ts';

/** The board as a drawing of its own, with a run's numbers where one is given. Byte-identical when repeated. */
export function boardSvg(design: Design, run: RunResult | null = null): string {
  const layout = layoutBoard(design);
  const { bounds } = layout;
  const head = 62;
  const foot = 34;
  const margin = 24;
  const view = {
    x: bounds.x - margin,
    y: bounds.y - margin - head,
    width: bounds.width + 2 * margin,
    height: bounds.height + 2 * margin + head + foot,
  };
  const size = (value: number): string => String(Math.round(value));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${size(view.x)} ${size(view.y)} ${size(view.width)} ${size(view.height)}" width="${size(view.width)}" height="${size(view.height)}" font-family="${fonts.text}" role="img">`,
    `<title>${escapeHtml(design.title)}</title>`,
    `<rect x="${size(view.x)}" y="${size(view.y)}" width="${size(view.width)}" height="${size(view.height)}" fill="${paper.ground}"/>`,
    header(design, run, view),
    ...bandsSvg(layout),
    ...framesSvg(design),
    ...edgesSvg(design, run, layout),
    ...notesSvg(design),
    ...design.board.nodes.map((node) => nodeSvg(node, layout.boxes.get(node.id) as Box, run)),
    legend(design, view),
    '</svg>',
    '',
  ].join('\n');
}

function header(design: Design, run: RunResult | null, view: Box): string {
  const x = view.x + 24;
  const title = fitted(design.title, 18, view.width - 48);
  const line =
    run === null
      ? `${design.board.nodes.length} nodes, ${design.board.nodes.filter((node) => node.binding !== undefined).length} bound`
      : `run ${run.run} · data ${run.data.name} ${run.data.fingerprint.slice(0, 12)} · seed ${run.seed}`;
  return [
    `<text x="${x}" y="${view.y + 40}" font-size="18" font-weight="680" letter-spacing="-.2" fill="${paper.ink}">${escapeHtml(title)}</text>`,
    `<text x="${x}" y="${view.y + 60}" font-size="11" fill="${paper.soft}">${escapeHtml(fitted(line, 11, view.width - 48))}</text>`,
  ].join('\n');
}

function bandsSvg({ bands }: BoardLayout): string[] {
  return bands.map((band) => {
    const colours = laneColours[band.lane];
    return [
      `<rect x="${band.x}" y="${band.y}" width="${band.width}" height="${band.height}" rx="12" fill="${colours.fill}" stroke="${colours.border}"/>`,
      `<text x="${band.x + band.width - 12}" y="${band.y + 17}" text-anchor="end" font-size="10.5" font-weight="650" fill="${colours.ink}">${laneTitles[band.lane]}</text>`,
    ].join('\n');
  });
}

function framesSvg(design: Design): string[] {
  return (design.board.frames ?? []).map((frame) =>
    [
      `<rect x="${frame.x}" y="${frame.y}" width="${frame.width}" height="${frame.height}" rx="12" fill="none" stroke="${paper.dashed}" stroke-dasharray="2 3"/>`,
      `<text x="${frame.x + 12}" y="${frame.y + 17}" font-size="10.5" font-weight="600" fill="${paper.soft}">${escapeHtml(fitted(frame.title, 10.5, frame.width - 24))}</text>`,
    ].join('\n'),
  );
}

function notesSvg(design: Design): string[] {
  return (design.board.notes ?? []).map((note) => {
    const box = noteBox(note);
    const lines = note.text.map(
      (line, i) =>
        `<tspan x="${box.x + 10}" y="${box.y + 20 + i * 16}">${escapeHtml(fitted(line, 11, box.width - 20))}</tspan>`,
    );
    return [
      `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="6" fill="${paper.note}" stroke="${paper.noteBorder}"/>`,
      `<text font-size="11" fill="${paper.ink}">${lines.join('')}</text>`,
    ].join('\n');
  });
}

const dashes: Readonly<Record<string, string>> = { artifact: '5 4', control: '5 4', async: '8 3', feedback: '1.5 4' };

function edgesSvg(design: Design, run: RunResult | null, layout: BoardLayout): string[] {
  const counts = edgeCounts(design, run);
  const path = requestPath(design);
  const measuring = new Set(
    design.board.nodes.filter((node) => stageOf(node.binding?.component ?? '') === 'evaluation').map((node) => node.id),
  );
  // Wires to what only measures are many: they step back.
  const watches = (id: string): boolean => measuring.has(id);
  const texts = new Map<string, WireLabel>();
  for (const edge of design.board.edges) {
    const text = [edge.label ?? '', counts.get(edge.id) ?? ''].filter((part) => part !== '').join(' ');
    if (text !== '') texts.set(edge.id, wireLabel(text));
  }
  const routes = routeEdges(design, layout, texts);
  const lines: string[] = [];
  const heavy: string[] = [];
  const labels: string[] = [];
  for (const edge of design.board.edges) {
    const route = routes.get(edge.id);
    if (route === undefined) continue;
    const line = `<path d="${route.path}" ${strokeOf(edge.kind, path.has(edge.id), watches(edge.to))}/>`;
    (path.has(edge.id) ? heavy : lines).push(line);
    const label = texts.get(edge.id);
    if (label !== undefined && route.label !== null) labels.push(labelSvg(label, route.label));
  }
  return [...lines, ...heavy, ...labels];
}

function strokeOf(kind: Edge['kind'], heavy: boolean, light = false): string {
  const dash = dashes[kind ?? ''];
  if (kind === 'artifact')
    return `fill="none" stroke="${laneColours.train.ink}" stroke-opacity=".65" stroke-width="1.3" stroke-dasharray="${dash}"`;
  if (kind === 'feedback')
    return `fill="none" stroke="${laneColours.monitor.ink}" stroke-width="1.5" stroke-linecap="round" stroke-dasharray="${dash}"`;
  const style = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
  if (heavy) return `fill="none" stroke="${paper.path}" stroke-opacity=".8" stroke-width="2"${style}`;
  return `fill="none" stroke="${paper.line}"${light ? ' stroke-opacity=".6"' : ''} stroke-width="${light ? 1 : 1.4}"${style}`;
}

function labelSvg({ text, width }: WireLabel, { x, y }: Point): string {
  const n = (value: number): number => Math.round(value * 10) / 10;
  return [
    `<rect x="${n(x - width / 2)}" y="${n(y - 8)}" width="${n(width)}" height="16" rx="5" fill="${paper.ground}"/>`,
    `<text x="${n(x)}" y="${n(y + 3.6)}" text-anchor="middle" font-size="10.3" font-family="${fonts.mono}" fill="${paper.soft}">${escapeHtml(text)}</text>`,
  ].join('');
}

/** Only what the drawing uses. */
function legend(design: Design, view: Box): string {
  const items: string[] = [];
  let x = view.x + 24;
  const y = view.y + view.height - 22;
  const add = (mark: string, text: string): void => {
    items.push(
      `<g transform="translate(${x} ${y})">${mark}<text x="30" y="3.5" font-size="10.3" fill="${paper.faint}">${text}</text></g>`,
    );
    x += 46 + text.length * 5.6;
  };
  const line = (stroke: string): string => `<path d="M0 0H22" ${stroke}/>`;
  const has = (kind: string): boolean => design.board.edges.some((edge) => edge.kind === kind);
  const sample = (kind: 'artifact' | 'feedback'): string => strokeOf(kind, false);
  if (design.board.nodes.some((node) => node.binding === undefined)) {
    add(
      `<rect x="0" y="-6" width="22" height="12" rx="4" fill="none" stroke="${paper.dashed}" stroke-dasharray="3 2.5"/>`,
      'drawn only',
    );
  }
  if (has('artifact')) add(line(sample('artifact')), 'model hand-over');
  if (has('feedback')) add(line(sample('feedback')), 'feedback');
  return items.join('\n');
}
