import type { ComponentSpec } from '#shared/contract/component.ts';
import type { StoredParams } from '#shared/contract/params.ts';

/** One end of a wire: an output of a planned node. */
export interface Source {
  readonly node: string;
  readonly port: string;
}

export interface PlannedNode {
  readonly id: string;
  readonly title: string;
  readonly spec: ComponentSpec;
  /** Every parameter of the spec, checked. */
  readonly params: StoredParams;
  /** Wires per input port, in the order of the edges. */
  readonly inputs: Readonly<Record<string, readonly Source[]>>;
  /** Added by the engine as a baseline: its failure does not matter to others. */
  readonly baseline: boolean;
}

/** What is to be executed: bound nodes in an order in which every node comes after what it needs. */
export interface Plan {
  readonly nodes: readonly PlannedNode[];
  /** Bound nodes that will not run, with the reason: turned off, or downstream of one that is. */
  readonly skipped: readonly {
    readonly id: string;
    readonly title: string;
    readonly component: string;
    readonly because: string;
  }[];
}
