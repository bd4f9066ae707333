import {
  Background,
  Position,
  ReactFlow,
  SelectionMode,
  useEdgesState,
  useNodesState,
  type Edge,
  type Node,
} from '@xyflow/react';
import { createElement, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';

/** What the page is told to draw: the same boxes and wires in the same place as on the board that it stands beside. */
export interface BareDrawing {
  readonly place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly viewport: { readonly x: number; readonly y: number; readonly zoom: number };
  readonly nodes: readonly {
    readonly id: string;
    readonly title: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly edges: readonly { readonly id: string; readonly source: string; readonly target: string }[];
}

const middleButton = [1];

function Bare({ drawing }: { drawing: BareDrawing }): ReactElement {
  const [nodes, , onNodesChange] = useNodesState<Node>(
    drawing.nodes.map(({ id, title, x, y, width, height }) => ({
      id,
      position: { x, y },
      width,
      height,
      sourcePosition: Position.Right,
      targetPosition: Position.Left,
      data: { label: title },
    })),
  );
  const [edges, , onEdgesChange] = useEdgesState<Edge>(drawing.edges.map((edge) => ({ ...edge })));
  return createElement(
    ReactFlow,
    {
      nodes,
      edges,
      onNodesChange,
      onEdgesChange,
      defaultViewport: drawing.viewport,
      zoomOnScroll: false,
      panOnScroll: true,
      selectionKeyCode: null,
      selectionOnDrag: true,
      selectionMode: SelectionMode.Partial,
      panOnDrag: middleButton,
      minZoom: 0.08,
      maxZoom: 2.5,
    },
    createElement(Background, { gap: 20 }),
  );
}

const { drawing } = window as unknown as { drawing: BareDrawing };
const place = document.getElementById('root');
const button = document.getElementById('open');
if (place === null || button === null) throw new Error('the page lacks its root');
const { x, y, width, height } = drawing.place;
Object.assign(place.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
button.addEventListener('click', () => createRoot(place).render(createElement(Bare, { drawing })), { once: true });
