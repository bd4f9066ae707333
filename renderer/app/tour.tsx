import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { endTour } from './tour-store.ts';
import './tour.css';

interface Step {
  /** What it points at; the first that is there. */
  readonly at: readonly string[];
  readonly title: string;
  readonly text: string;
}

const steps: readonly Step[] = [
  {
    at: ['[data-node="ranker"]', '[data-node]', '.board-place'],
    title: 'The drawing is the system',
    text: 'A solid box is bound to a component that runs. A dashed one is only drawn: bind it later, or never.',
  },
  {
    at: ['.run-button'],
    title: 'Run it',
    text: 'Every box shows how far it is, then what it measured. Counts appear on the wires. The sample takes about a minute.',
  },
  {
    at: ['aside[aria-label="Inspector"]', '.board-place'],
    title: 'Change one thing',
    text: 'Select a box, choose another component or turn a parameter, and run again: only what comes after it runs.',
  },
  {
    at: ['section[aria-label="Evidence"]', '.board-place'],
    title: 'See what it did',
    text: 'Where relevant items are lost, one request from stage to stage, and runs compared user by user, with intervals.',
  },
  {
    at: ['[role="tablist"][aria-label="Views"]'],
    title: 'Beyond the board',
    text: 'Write it up beside the drawing, sweep parameters and leave parts out under Experiments, bring your own files under Data.',
  },
  {
    at: ['button[aria-label="Commands"]'],
    title: 'Everything has a name',
    text: 'All that can be done is found here by name, this tour too. Ctrl+K opens it.',
  },
];

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function anchorOf(step: Step): Box | null {
  for (const selector of step.at) {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    if (box !== undefined && box.width > 0 && box.right > 0 && box.left < innerWidth && box.top < innerHeight)
      return { left: box.left, top: box.top, width: box.width, height: box.height };
  }
  return null;
}

const gap = 12;

/** Beside what is pointed at: below, above, to the left or to the right, wherever there is room. */
function placeFor(
  anchor: Box | null,
  card: { readonly width: number; readonly height: number },
): Pick<Box, 'left' | 'top'> {
  if (anchor === null) return { left: (innerWidth - card.width) / 2, top: (innerHeight - card.height) / 2 };
  const across = Math.max(
    gap,
    Math.min(innerWidth - card.width - gap, anchor.left + anchor.width / 2 - card.width / 2),
  );
  const down = Math.max(gap, Math.min(innerHeight - card.height - gap, anchor.top + 24));
  const below = anchor.top + anchor.height + gap;
  if (below + card.height < innerHeight) return { left: across, top: below };
  if (anchor.top - gap - card.height > 0) return { left: across, top: anchor.top - gap - card.height };
  if (anchor.left - gap - card.width > 0) return { left: anchor.left - gap - card.width, top: down };
  return { left: Math.min(innerWidth - card.width - gap, anchor.left + anchor.width + gap), top: down };
}

function same(a: Box | null, b: Box | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Where a step points at now; things move while one resizes, scrolls or zooms. */
function useAnchor(step: Step): Box | null {
  const [anchor, setAnchor] = useState<Box | null>(() => anchorOf(step));
  useEffect(() => {
    const look = (): void => setAnchor((before) => (same(before, anchorOf(step)) ? before : anchorOf(step)));
    look();
    const timer = setInterval(look, 150);
    return () => clearInterval(timer);
  }, [step]);
  return anchor;
}

/** A short walk over the board: arrow keys walk, Escape leaves, and it never comes back by itself. */
export function Tour(): ReactElement {
  const [at, setAt] = useState(0);
  const step = steps[at];
  const anchor = useAnchor(step);
  const card = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 330, height: 170 });
  useLayoutEffect(() => {
    const box = card.current?.getBoundingClientRect();
    if (box !== undefined) setSize({ width: box.width, height: box.height });
  }, [at]);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    card.current?.focus();
    return () => before?.focus();
  }, []);
  useEffect(() => {
    // Wherever the focus went meanwhile, Escape ends the tour, unless a dialog is in front.
    const leave = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape' || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      endTour();
    };
    window.addEventListener('keydown', leave, true);
    return () => window.removeEventListener('keydown', leave, true);
  }, []);
  const last = at === steps.length - 1;
  const walk = (by: number): void => {
    if (by > 0 && last) endTour();
    else setAt(Math.max(0, Math.min(steps.length - 1, at + by)));
  };
  const press = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter' && event.target === card.current) return walk(1);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] ?? 0;
    if (by === 0) return;
    event.preventDefault();
    if (!(by > 0 && last)) walk(by);
  };
  return (
    <>
      {anchor === null ? null : (
        <div
          className="tour-ring"
          aria-hidden="true"
          style={{
            left: anchor.left - 5,
            top: anchor.top - 5,
            width: anchor.width + 10,
            height: anchor.height + 10,
          }}
        />
      )}
      <div
        ref={card}
        className="tour"
        role="dialog"
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        tabIndex={-1}
        style={placeFor(anchor, size)}
        onKeyDown={press}
      >
        <div aria-live="polite">
          <h2 id="tour-title">{step.title}</h2>
          <p id="tour-text">{step.text}</p>
        </div>
        <footer>
          <span className="quiet number">
            {at + 1} of {steps.length}
          </span>
          {last ? null : (
            <Button look="bare" onClick={endTour}>
              Skip
            </Button>
          )}
          <Button disabled={at === 0} onClick={() => walk(-1)}>
            Back
          </Button>
          <Button look="solid" onClick={() => walk(1)}>
            {last ? 'Done' : 'Next'}
          </Button>
        </footer>
      </div>
    </>
  );
}
