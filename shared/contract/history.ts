/** A copy of the history of a workspace that was looked at when it was made, and again before it is offered. */
export interface HistorySnapshot {
  /** ISO 8601. */
  readonly keptAt: string;
  /** Runs that are in it. */
  readonly runs: number;
  /** When the newest of them began (ISO 8601); null where there is none. */
  readonly until: string | null;
}

/** Whether the runs of a workspace can be read; where they cannot, what could be put in their place. */
export type HistoryState =
  | { readonly state: 'sound' }
  | {
      readonly state: 'damaged';
      /** What is wrong with the file: "the run store is damaged". */
      readonly what: string;
      readonly path: string;
      /** The newest copy that is sound; null where there is none. */
      readonly snapshot: HistorySnapshot | null;
    };

/** What became of a damaged history: it is never deleted. */
export interface HistoryRestored {
  readonly runs: number;
  /** Where the damaged file lies now; null where there was no file any more. */
  readonly aside: string | null;
}

/** What is put in the place of a damaged history: its newest sound copy, or a new one without runs. */
export type RestoreFrom = 'snapshot' | 'nothing';

/** Runs of a snapshot, and until when, as a person reads it: "12 runs until 23 Nov 2026, 01:20 (UTC)". */
export function snapshotText({ runs, until }: HistorySnapshot): string {
  const count = runs === 1 ? '1 run' : `${runs} runs`;
  return until === null ? count : `${count} until ${until.slice(0, 16).replace('T', ' ')} UTC`;
}
