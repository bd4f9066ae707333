import { useStoreApi } from '@xyflow/react';
import { useLayoutEffect, useRef, type ReactPortal } from 'react';
import { createPortal } from 'react-dom';
import type { Failure } from '#shared/contract/failure.ts';
import { Button } from '#renderer/ui/button.tsx';
import { besideBox } from './beside.ts';
import { useBoard } from './board-context.ts';

type FlowStore = ReturnType<typeof useStoreApi>;

function setBeside(card: HTMLElement, node: string, store: FlowStore): void {
  const { nodeLookup, transform, width, height } = store.getState();
  const known = nodeLookup.get(node);
  if (known === undefined) return;
  const [left, top, zoom] = transform;
  const { x, y } = known.internals.positionAbsolute;
  const box = {
    x: left + x * zoom,
    y: top + y * zoom,
    width: (known.measured.width ?? 0) * zoom,
    height: (known.measured.height ?? 0) * zoom,
  };
  const at = besideBox(box, { width: card.offsetWidth, height: card.offsetHeight }, { width, height });
  card.toggleAttribute('data-away', at === null);
  if (at !== null) card.style.transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`;
}

/** What went wrong at a node, and what to do about it. It lies over the whole board, toolbar and map as well, at a size that can be read. */
export function FailureCard({ node, failure }: { node: string; failure: Failure }): ReactPortal | null {
  const { onShowLog, onRun } = useBoard();
  const store = useStoreApi();
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const follow = (): void => {
      if (card.current !== null) setBeside(card.current, node, store);
    };
    follow();
    return store.subscribe(follow);
  }, [node, failure, store]);
  const { domNode } = store.getState();
  if (domNode === null) return null;
  return createPortal(
    <div ref={card} className="failure-card nodrag nopan" role="alert">
      <strong>{failure.what}</strong>
      {failure.where === undefined ? null : <span className="quiet mono">{failure.where}</span>}
      {failure.remedy === undefined ? null : <span>{failure.remedy}</span>}
      <span className="failure-actions">
        <Button look="bare" onClick={() => onShowLog(node)}>
          Show log
        </Button>
        <Button onClick={() => onRun(node)}>Run again</Button>
      </span>
    </div>,
    domNode,
  );
}
