import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DraftInfo } from '#shared/contract/work.ts';
import type { Failure } from '#shared/contract/failure.ts';

/** How a tab stands to the file of its design, and whether its unsaved work is safe. */
export interface HoldState {
  /** Not known yet; writes to the file; sees what somebody else writes; could write, for nobody does. */
  readonly role: 'asking' | 'holds' | 'follows' | 'free';
  readonly by: string;
  /** ISO 8601; empty where nobody is followed. */
  readonly since: string;
  /** Digest of the file after something else wrote it ('' where it is gone); null where nothing did. */
  readonly outside: string | null;
  /** Why unsaved work cannot be kept; null where it is kept. */
  readonly keeping: Failure | null;
  /** Unsaved work on the same file that was left behind by a window or server that went away. */
  readonly left: DraftInfo | null;
  /** Whether what was mended on opening has been read. */
  readonly read: boolean;
}

export type HoldStore = StoreApi<HoldState>;

export function createHoldStore(): HoldStore {
  return createStore<HoldState>(() => ({
    role: 'asking',
    by: '',
    since: '',
    outside: null,
    keeping: null,
    left: null,
    read: false,
  }));
}
