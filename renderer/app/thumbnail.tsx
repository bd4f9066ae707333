import { memo, type ReactElement } from 'react';
import type { Design } from '#shared/contract/design.ts';
import { routeWires } from '#shared/documents/wires/route-wires.ts';
import type { Wire, WireBox } from '#shared/documents/wires/wire.ts';
import { laneOf } from '#renderer/client/catalogue.ts';
import { bandsOf } from '#renderer/board/lanes.ts';
import { sizeOf } from '#renderer/board/node-size.ts';

/** The paths of all wires, as one: they run as on the board, from the middle of a side to the middle of a side. */
function wiresOf(design: Design): string {
  const boxes = design.board.nodes.map(({ id, x, y, ...node }): WireBox => ({ id, x, y, ...sizeOf(node) }));
  const known = new Map(boxes.map((box) => [box.id, box]));
  const wires = design.board.edges.flatMap((edge): Wire[] => {
    const [from, to] = [known.get(edge.from), known.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const ends = {
      sourceX: from.x + from.width,
      sourceY: from.y + from.height / 2,
      targetX: to.x,
      targetY: to.y + to.height / 2,
    };
    return [{ id: edge.id, from: edge.from, to: edge.to, trunk: edge.from, ...ends, says: null, labelWidth: 0 }];
  });
  // In a picture this small nobody sees what hundreds of wires go round.
  const shown = wires.length > 300 ? [] : boxes;
  return [...routeWires(shown, wires).routes.values()].map((route) => route.path).join('');
}

/** A drawing of a board from its own coordinates: lanes, boxes, wires. */
export const Thumbnail = memo(function Thumbnail({ design }: { design: Design | null }): ReactElement {
  if (design === null || design.board.nodes.length === 0)
    return <svg className="thumbnail" aria-hidden="true" viewBox="0 0 320 150" />;
  const bands = bandsOf(design.board);
  const left = Math.min(...bands.map((band) => band.x));
  const top = Math.min(...bands.map((band) => band.y));
  const width = Math.max(...bands.map((band) => band.x + band.width)) - left;
  const height = Math.max(...bands.map((band) => band.y + band.height)) - top;
  const nodes = design.board.nodes.map((node) => ({ node, ...sizeOf(node) }));
  return (
    <svg
      className="thumbnail"
      aria-hidden="true"
      viewBox={`${left} ${top} ${width} ${height}`}
      preserveAspectRatio="xMidYMid meet"
    >
      {bands.map((band) => (
        <rect
          key={band.lane}
          x={band.x}
          y={band.y}
          width={band.width}
          height={band.height}
          rx={16}
          fill={`var(--band-${band.lane})`}
          stroke="var(--band-line)"
          strokeWidth={2}
        />
      ))}
      <path d={wiresOf(design)} fill="none" stroke="var(--wire)" strokeWidth={width / 420} />
      {nodes.map(({ node, width: wide, height: tall }) => (
        <rect
          key={node.id}
          x={node.x}
          y={node.y}
          width={wide}
          height={tall}
          rx={12}
          fill={node.binding === undefined ? 'var(--canvas)' : 'var(--paper-raised)'}
          stroke={node.binding === undefined ? 'var(--line-strong)' : `var(--lane-${laneOf(node)})`}
          strokeWidth={width / 380}
          strokeDasharray={node.binding === undefined ? `${width / 90}` : undefined}
        />
      ))}
    </svg>
  );
});
