import type { Lane } from '#shared/contract/kinds.ts';

export const laneTitles: Readonly<Record<Lane, string>> = {
  actors: 'Actors',
  data: 'Data',
  train: 'Training',
  serve: 'Serving',
  monitor: 'Monitoring',
};

export interface LaneColours {
  readonly fill: string;
  readonly border: string;
  readonly ink: string;
}

/** Lane colours only on lane titles, icons and the faint ground; everything else is paper and ink. */
export const laneColours: Readonly<Record<Lane, LaneColours>> = {
  actors: { fill: '#f3f1ec', border: '#e6e2d9', ink: '#6b6257' },
  data: { fill: '#f2f0e8', border: '#e5e1d3', ink: '#8a6a14' },
  train: { fill: '#f2eef3', border: '#e4dde7', ink: '#7a3fa0' },
  serve: { fill: '#ebeff1', border: '#dae1e5', ink: '#1d659f' },
  monitor: { fill: '#ecf1ed', border: '#dae4dc', ink: '#2b7a4f' },
};

export const paper = {
  ground: '#faf9f6',
  node: '#ffffff',
  border: '#d6d2c9',
  dashed: '#bdb7ab',
  ink: '#1f1e1b',
  soft: '#6f6b63',
  faint: '#8f8a80',
  line: '#bcb6aa',
  path: '#1d659f',
  good: '#2f8f5b',
  warn: '#b7791f',
  bad: '#c0392b',
  note: '#fbf3d5',
  noteBorder: '#eadfb0',
} as const;

export const fonts = {
  text: "Inter, 'Inter Variable', 'Helvetica Neue', Arial, sans-serif",
  mono: "'JetBrains Mono', 'JetBrains Mono Variable', ui-monospace, Menlo, Consolas, monospace",
} as const;
