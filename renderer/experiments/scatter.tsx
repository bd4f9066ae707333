import { useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';

export interface ScatterPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly marked: boolean;
}

interface ScatterProps {
  readonly points: readonly ScatterPoint[];
  readonly x: string;
  readonly y: string;
  readonly label: string;
  readonly height?: number;
  tickX(value: number): string;
  tickY(value: number): string;
}

const margin = { left: 52, right: 14, top: 12, bottom: 38 };

/** Round steps that divide the range from -most to most into about `count` parts. */
function ticksAround(most: number, count: number): readonly number[] {
  const raw = (2 * most) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((one) => one * power >= raw) ?? 10);
  const reach = Math.floor(most / step);
  return Array.from({ length: 2 * reach + 1 }, (_, at) => (at - reach) * step);
}

function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const watcher = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return [box, width];
}

/** Points at or right of zero, each with its interval along y; below zero, where both disagree, the ground is shaded. */
export function Scatter({ points, x, y, label, height = 340, tickX, tickY }: ScatterProps): ReactElement {
  const [box, width] = useWidth();
  const mostX = Math.max(1e-9, ...points.map((point) => Math.abs(point.x))) * 1.12;
  const mostY = Math.max(1e-9, ...points.flatMap((point) => [Math.abs(point.low), Math.abs(point.high)])) * 1.06;
  const inner = { width: Math.max(0, width - margin.left - margin.right), height: height - margin.top - margin.bottom };
  const atX = (value: number): number => margin.left + (value / mostX) * inner.width;
  const atY = (value: number): number => margin.top + (0.5 - value / mostY / 2) * inner.height;
  return (
    <div ref={box} className="scatter" style={{ height }}>
      {width < 80 ? null : (
        <svg width={width} height={height} role="img" aria-label={label}>
          <rect className="scatter-against" x={margin.left} y={atY(0)} width={inner.width} height={inner.height / 2} />
          <text className="scatter-note" x={width - margin.right - 8} y={height - margin.bottom - 9} textAnchor="end">
            better offline, worse online
          </text>
          {ticksAround(mostX, Math.max(3, width / 55)).filter((tick) => tick >= 0).map((tick) => (
            <text key={tick} className="scatter-tick" x={atX(tick)} y={height - margin.bottom + 15} textAnchor="middle">
              {tickX(tick)}
            </text>
          ))}
          {ticksAround(mostY, 6).map((tick) => (
            <g key={tick}>
              <line className="scatter-grid" x1={margin.left} x2={width - margin.right} y1={atY(tick)} y2={atY(tick)} />
              <text className="scatter-tick" x={margin.left - 8} y={atY(tick) + 3.5} textAnchor="end">
                {tickY(tick)}
              </text>
            </g>
          ))}
          <line className="scatter-zero" x1={margin.left} x2={width - margin.right} y1={atY(0)} y2={atY(0)} />
          <line className="scatter-zero" x1={margin.left} x2={margin.left} y1={margin.top} y2={height - margin.bottom} />
          <text className="scatter-axis" x={width - margin.right} y={height - 6} textAnchor="end">
            {x}
          </text>
          <text className="scatter-axis" x={margin.left + 8} y={margin.top + 12}>
            {y}
          </text>
          {points.map((point) => (
            <g key={point.name} className={point.marked ? 'scatter-marked' : ''}>
              <title>{point.name}</title>
              <line className="scatter-range" x1={atX(point.x)} x2={atX(point.x)} y1={atY(point.low)} y2={atY(point.high)} />
              <circle className="scatter-point" cx={atX(point.x)} cy={atY(point.y)} r={4} />
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
