import { useCallback, useState } from 'react';

/** Sizes of the panes around the board, and which are shown; kept per person, not per design. */
export interface Panes {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly leftOpen: boolean;
  readonly rightOpen: boolean;
  readonly bottomOpen: boolean;
}

const key = 'runboard-panes';

function initial(): Panes {
  const wide = window.innerWidth >= 1500;
  const usual: Panes = {
    left: wide ? 220 : 190,
    right: wide ? 300 : 262,
    bottom: window.innerHeight >= 950 ? 300 : 212,
    leftOpen: true,
    rightOpen: true,
    bottomOpen: false,
  };
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Panes>) };
  } catch {
    return usual;
  }
}

export function usePanes(): readonly [Panes, (changed: Partial<Panes>) => void] {
  const [panes, setPanes] = useState(initial);
  const change = useCallback((changed: Partial<Panes>) => {
    setPanes((before) => {
      const next = { ...before, ...changed };
      localStorage.setItem(key, JSON.stringify(next));
      return next;
    });
  }, []);
  return [panes, change];
}
