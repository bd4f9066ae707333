import { useStoreApi } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import { bareSide, type Port } from '#renderer/client/catalogue.ts';
import { portPlace } from './node-size.ts';

interface PortDotsProps {
  readonly node: string;
  readonly ports: readonly Port[];
  readonly side: 'input' | 'output';
}

function saysOf(port: Port): string {
  if (port.types.length === 0) return port.title;
  return `${port.title}: ${port.types.join(' or ')}${port.help === '' ? '' : `. ${port.help}`}`;
}

function lookOf(port: Port, side: PortDotsProps['side']): string {
  return [
    side === 'input' ? 'react-flow__handle-left target' : 'react-flow__handle-right source',
    port === bareSide ? 'port-bare' : 'connectable connectableend',
    port.training ? 'port-training' : '',
    port.optional && side === 'input' ? 'port-optional' : '',
  ].join(' ');
}

/**
 * The ports of one side of a node, marked so that React Flow's way of drawing wires finds them. Its own handles listen to
 * everything that happens on the board, each for itself, and a board has more of them than of anything else: here one
 * watcher (port-press.ts) looks after all.
 */
export const PortDots = memo(function PortDots({ node, ports, side }: PortDotsProps): ReactElement {
  const { rfId } = useStoreApi().getState();
  return (
    <>
      {ports.map((port, at) => (
        <div
          key={port.id}
          className={`port react-flow__handle nodrag nopan ${lookOf(port, side)}`}
          data-id={`${rfId}-${node}-${port.id}-${side === 'input' ? 'target' : 'source'}`}
          data-nodeid={node}
          data-handleid={port.id}
          data-handlepos={side === 'input' ? 'left' : 'right'}
          style={{ top: `${portPlace(at, ports.length)}%` }}
          title={saysOf(port)}
        />
      ))}
    </>
  );
});
