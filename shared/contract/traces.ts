export interface TraceStep {
  readonly node: string;
  readonly title: string;
  readonly component: string;
  readonly millis: number;
  readonly items: readonly {
    readonly item: string;
    readonly title: string | null;
    readonly rank: number;
    readonly rankBefore: number | null;
    readonly score: number;
    readonly sources: readonly string[];
    readonly reason: string | null;
    readonly relevant: boolean;
  }[];
  /** Items that went in and did not come out. */
  readonly dropped: readonly string[];
}

export interface RequestTrace {
  readonly run: string;
  readonly user: string;
  /** The next user who has a test request; after the last one comes the first. */
  readonly next: string;
  readonly history: readonly {
    readonly item: string;
    readonly title: string | null;
    readonly time: number | null;
    readonly value: number;
  }[];
  readonly heldOut: readonly { readonly item: string; readonly title: string | null }[];
  readonly steps: readonly TraceStep[];
}
