import { useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import { niceTicks } from '#renderer/ui/ticks.ts';

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
  const top = Math.max(1e-6, ...points.map((point) => point.high)) * 1.06;
  const bottom = Math.min(-0.3 * top, ...points.map((point) => point.low * 1.06));
  const inner = { width: Math.max(0, width - margin.left - margin.right), height: height - margin.top - margin.bottom };
  const atX = (value: number): number => margin.left + 10 + (value / mostX) * (inner.width - 10);
  const atY = (value: number): number => margin.top + ((top - value) / (top - bottom)) * inner.height;
  return (
    <div ref={box} className="scatter" style={{ height }}>
      {width < 80 ? null : (
        <svg width={width} height={height} role="img" aria-label={label}>
          <rect
            className="scatter-against"
            x={margin.left}
            y={atY(0)}
            width={inner.width}
            height={height - margin.bottom - atY(0)}
          />
          <text className="scatter-note" x={width - margin.right - 8} y={atY(0) + 16} textAnchor="end">
            better offline, worse online
          </text>
          {niceTicks(0, mostX, Math.max(2, width / 130)).map((tick) => (
            <text key={tick} className="scatter-tick" x={atX(tick)} y={height - margin.bottom + 15} textAnchor="middle">
              {tickX(tick)}
            </text>
          ))}
          {niceTicks(bottom, top, 6).map((tick) => (
            <g key={tick}>
              <line className="scatter-grid" x1={margin.left} x2={width - margin.right} y1={atY(tick)} y2={atY(tick)} />
              <text className="scatter-tick" x={margin.left - 8} y={atY(tick) + 3.5} textAnchor="end">
                {tickY(tick)}
              </text>
            </g>
          ))}
          <line className="scatter-zero" x1={margin.left} x2={width - margin.right} y1={atY(0)} y2={atY(0)} />
          <line className="scatter-zero" x1={atX(0)} x2={atX(0)} y1={margin.top} y2={height - margin.bottom} />
          <text className="scatter-axis" x={width - margin.right} y={height - 6} textAnchor="end">
            {x}
          </text>
          <text className="scatter-axis" x={atX(0) + 10} y={margin.top + 10}>
            {y}
          </text>
          {points.map((point) => (
            <g key={point.name} className={point.marked ? 'scatter-marked' : ''}>
              <title>{point.name}</title>
              <line
                className="scatter-range"
                x1={atX(point.x)}
                x2={atX(point.x)}
                y1={atY(point.low)}
                y2={atY(point.high)}
              />
              <circle className="scatter-point" cx={atX(point.x)} cy={atY(point.y)} r={4} />
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
