import type { Node } from '#shared/contract/design.ts';
import { portsOf } from '#renderer/client/catalogue.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Size of a node that has none of its own. */
export function sizeOf(node: Pick<Node, 'width' | 'height' | 'binding'>): Size {
  const bound = node.binding !== undefined;
  const ports = bound ? portsOf(node) : { inputs: [], outputs: [] };
  const rows = Math.max(ports.inputs.length, ports.outputs.length);
  return {
    width: node.width ?? (bound ? 172 : 148),
    height: node.height ?? (bound ? Math.max(56, 18 + rows * 13) : 46),
  };
}

/** Size of a note that has none of its own. */
export function noteSize(note: { readonly width?: number; readonly height?: number }): Size {
  return { width: note.width ?? 200, height: note.height ?? 96 };
}

/** How far down a side its ports lie, in percent: evenly spaced. */
export function portPlace(at: number, ports: number): number {
  return (100 * (at + 1)) / (ports + 1);
}
