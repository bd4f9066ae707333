import type { Params, ParamValues, StoredParams } from './params.ts';
import type {
  Candidates,
  Dataset,
  Examples,
  Metrics,
  Model,
  Plain,
  Plot,
  PortType,
  Sheet,
  Split,
  Value,
} from './values.ts';
import type { Random } from './random.ts';

export const stages = ['data', 'retrieval', 'ranking', 'reranking', 'evaluation', 'online'] as const;
export type Stage = (typeof stages)[number];

export interface InputPort {
  /** The types of value taken; a wire of another type is refused. */
  readonly types: readonly PortType[];
  readonly title: string;
  readonly help: string;
  /** May be left unwired. */
  readonly optional?: boolean;
  /** Takes any number of wires, in the order of the edges. */
  readonly many?: boolean;
  /** Learned from in `fit`, not asked in `apply`. */
  readonly training?: boolean;
}

export interface OutputPort {
  readonly type: PortType;
  readonly title: string;
}

export type InputPorts = Readonly<Record<string, InputPort>>;
export type OutputPorts = Readonly<Record<string, OutputPort>>;

/** Everything said about a component without running it. One `spec.ts` per component. */
export interface ComponentSpec {
  /** Equal to the folder's name. */
  readonly id: string;
  /** Raised when parameters change their meaning; stored bindings of older versions go through `migrations`. */
  readonly version: number;
  readonly stage: Stage;
  /** The kind that a node gets when this component is dropped on the board (contract/kinds.ts). */
  readonly kind: string;
  readonly title: string;
  /** One sentence: what it does, in the user's words. */
  readonly summary: string;
  /** Name of a lucide icon. */
  readonly icon: string;
  readonly inputs: InputPorts;
  readonly outputs: OutputPorts;
  readonly params: Params;
  /** Papers and code that the formulas come from. */
  readonly references: readonly string[];
  /** In big-O words: "O(users · items)". */
  readonly cost: string;
  /** Whether its result is kept as an artefact; a source is loaded again from its data set instead. Default true. */
  readonly stored?: boolean;
  /** Parameters of version n to n + 1, at key n. */
  readonly migrations?: Readonly<Record<number, (params: StoredParams) => StoredParams>>;
}

interface ValueOf {
  dataset: Dataset;
  split: Split;
  examples: Examples;
  candidates: Candidates;
  list: Candidates;
  model: Model;
  metrics: Metrics;
}

type InputOf<P extends InputPort> = P extends { readonly many: true }
  ? readonly ValueOf[P['types'][number]][]
  : P extends { readonly optional: true }
    ? ValueOf[P['types'][number]] | undefined
    : ValueOf[P['types'][number]];

export type Inputs<S extends ComponentSpec> = { readonly [K in keyof S['inputs']]: InputOf<S['inputs'][K]> };
export type Outputs<S extends ComponentSpec> = { readonly [K in keyof S['outputs']]: ValueOf[S['outputs'][K]['type']] };

/** Full-text search over documents, best first. Held open between `open` and `close`. */
export interface TextIndex {
  /** At most `count` documents for the words of `query`, by BM25; scores are larger for better. */
  search(query: string, count: number): { readonly documents: Int32Array; readonly scores: Float32Array };
  close(): void;
}

/** What the host gives to components. */
export interface ComponentPorts {
  /** The data set that the run is bound to. */
  dataset(): Promise<Dataset>;
  textIndex(documents: readonly string[]): TextIndex;
  /** Bytes of a file that ships with a package, for WebAssembly backends. */
  asset(name: string): Promise<Uint8Array>;
}

/** What a component is given while it runs. */
export interface Context {
  readonly nodeId: string;
  readonly nodeTitle: string;
  /** The run's seed, for lots that must fall alike in every node of a run, such as ties. All else draws from `random`. */
  readonly seed: number;
  /** A stream of random numbers, derived from run seed, node id and `name`. */
  random(name: string): Random;
  /** Share done from 0 to 1, and what is being done. Throws RunboardError 'cancelled' when the user has cancelled. Call it at least every 200 ms of work. */
  progress(share: number, note?: string): void;
  /** Lets messages in (cancel, on hosts without shared memory); await it between batches of long asynchronous work. */
  breathe(): Promise<void>;
  log(text: string): void;
  /** Something the user should know about the result; shown on the node. */
  warn(text: string): void;
  /** A point of a learning curve: step (epoch or round) and named values. */
  curve(step: number, values: Readonly<Record<string, number>>): void;
  plot(plot: Plot): void;
  sheet(sheet: Sheet): void;
  /** A number measured on the way (build time, recall loss), shown with the node's own figures. */
  measure(name: string, value: number): void;
  readonly ports: ComponentPorts;
}

/**
 * A runnable component. `fit` learns a state (plain data, stored as artefact); `open` turns the state into what `apply`
 * works with (an index, tensors) and `close` lets go of it; `apply` answers and must give the same answer for a request
 * whether it comes alone or among others.
 */
export interface Component<S extends ComponentSpec = ComponentSpec, State extends Plain = Plain, Ready = State> {
  readonly spec: S;
  fit?(inputs: Inputs<S>, params: ParamValues<S['params']>, context: Context): State | Promise<State>;
  open?(state: State, inputs: Inputs<S>, params: ParamValues<S['params']>, context: Context): Ready | Promise<Ready>;
  apply(
    ready: Ready,
    inputs: Inputs<S>,
    params: ParamValues<S['params']>,
    context: Context,
  ): Outputs<S> | Promise<Outputs<S>>;
  close?(ready: Ready): void;
}

/** A component whose particular types no longer matter: what the engine runs. */
export interface RunnableComponent {
  readonly spec: ComponentSpec;
  fit?(inputs: Readonly<Record<string, unknown>>, params: StoredParams, context: Context): unknown;
  open?(state: unknown, inputs: Readonly<Record<string, unknown>>, params: StoredParams, context: Context): unknown;
  apply(ready: unknown, inputs: Readonly<Record<string, unknown>>, params: StoredParams, context: Context): unknown;
  close?(ready: unknown): void;
}

/** Declares a component: keeps the literal types of ports and parameters, so that `run.ts` is checked against them. */
export function defineSpec<const S extends ComponentSpec>(spec: S): S {
  return spec;
}

/** Binds an implementation to its spec: inputs, outputs and parameter values are inferred from it. */
export function implement<S extends ComponentSpec, State extends Plain = null, Ready = State>(
  spec: S,
  parts: Omit<Component<S, State, Ready>, 'spec'>,
): Component<S, State, Ready> {
  return { spec, ...parts };
}

export type { Value };
