import { memo, type ReactElement } from 'react';
import type { Design } from '#shared/contract/design.ts';
import { laneOf } from '#renderer/client/catalogue.ts';
import { bandsOf } from '#renderer/board/lanes.ts';
import { sizeOf } from '#renderer/board/node-size.ts';

/** A drawing of a board from its own coordinates: lanes, boxes, wires. */
export const Thumbnail = memo(function Thumbnail({ design }: { design: Design | null }): ReactElement {
  if (design === null || design.board.nodes.length === 0)
    return <svg className="thumbnail" aria-hidden="true" viewBox="0 0 320 150" />;
  const bands = bandsOf(design.board);
  const left = Math.min(...bands.map((band) => band.x));
  const top = Math.min(...bands.map((band) => band.y));
  const width = Math.max(...bands.map((band) => band.x + band.width)) - left;
  const height = Math.max(...bands.map((band) => band.y + band.height)) - top;
  const nodes = new Map(design.board.nodes.map((node) => [node.id, { node, ...sizeOf(node) }]));
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
      {design.board.edges.map((edge) => {
        const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
        if (from === undefined || to === undefined) return null;
        const [x1, y1, x2, y2] = [
          from.node.x + from.width,
          from.node.y + from.height / 2,
          to.node.x,
          to.node.y + to.height / 2,
        ];
        const bend = Math.max(30, Math.abs(x2 - x1) / 2);
        return (
          <path
            key={edge.id}
            d={`M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}
            fill="none"
            stroke="var(--wire)"
            strokeWidth={width / 420}
          />
        );
      })}
      {[...nodes.values()].map(({ node, width: wide, height: tall }) => (
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
