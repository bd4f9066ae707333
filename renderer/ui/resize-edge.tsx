import type { KeyboardEvent, PointerEvent, ReactElement } from 'react';
import './resize-edge.css';

interface ResizeEdgeProps {
  readonly axis: 'x' | 'y';
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  /** 1 where dragging right or down makes the pane larger, -1 where it makes it smaller. */
  readonly direction: 1 | -1;
  onChange(value: number): void;
}

/** The line between two panes: dragged, or moved with the arrow keys. */
export function ResizeEdge({
  axis,
  label,
  value,
  minimum,
  maximum,
  direction,
  onChange,
}: ResizeEdgeProps): ReactElement {
  const clamp = (wanted: number): number => Math.round(Math.max(minimum, Math.min(maximum, wanted)));
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const start = axis === 'x' ? event.clientX : event.clientY;
    const edge = event.currentTarget;
    edge.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => {
      onChange(clamp(value + direction * ((axis === 'x' ? moved.clientX : moved.clientY) - start)));
    };
    const end = (): void => {
      edge.removeEventListener('pointermove', move);
      edge.removeEventListener('pointerup', end);
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', end);
  };
  const step = (event: KeyboardEvent<HTMLDivElement>): void => {
    const forward = axis === 'x' ? 'ArrowRight' : 'ArrowDown';
    const back = axis === 'x' ? 'ArrowLeft' : 'ArrowUp';
    const by = event.key === forward ? 16 : event.key === back ? -16 : 0;
    if (by === 0) return;
    event.preventDefault();
    onChange(clamp(value + direction * by));
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      className="resize-edge"
      data-axis={axis}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={value}
      aria-valuemin={minimum}
      aria-valuemax={maximum}
      onPointerDown={drag}
      onKeyDown={step}
    />
  );
}
