/** Both ends of a wire on the board. */
export interface WireEnds {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

export interface WirePath {
  readonly path: string;
  /** Where its label lies. */
  readonly x: number;
  readonly y: number;
}

/** An S from right to left edge; one that leads back keeps close to its ends instead of swinging wide. */
export function wirePath({ sourceX: x1, sourceY: y1, targetX: x2, targetY: y2 }: WireEnds): WirePath {
  const [dx, dy] = [x2 - x1, Math.abs(y2 - y1)];
  const reach = dx > 0 ? Math.max(Math.min(28, dx * 0.9), dx * 0.46) : Math.min(110, 34 + 0.16 * dy - 0.06 * dx);
  return {
    path: `M${x1} ${y1}C${x1 + reach} ${y1} ${x2 - reach} ${y2} ${x2} ${y2}`,
    x: (x1 + x2) / 2,
    y: (y1 + y2) / 2,
  };
}

/** Whether a label would cover most of a short, level wire. */
export function hidesLabel({ sourceX, sourceY, targetX, targetY }: WireEnds, text: string): boolean {
  const gap = targetX - sourceX;
  return gap > 0 && gap < text.length * 6.4 + 6 && Math.abs(targetY - sourceY) < 30;
}
