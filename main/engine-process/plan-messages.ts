import type { Failure } from '#shared/contract/failure.ts';
import type { ExperimentPlan } from '#shared/contract/experiments.ts';
import type { StoredParams } from '#shared/contract/params.ts';

/** Where the log that is planned from lies in a workspace. */
export interface PilotPlace {
  readonly workspace: string;
  /** Name and digest of the artefact. */
  readonly name: string;
  readonly digest: string;
  /** Of the node that left it, and of the run: for messages. */
  readonly node: string;
  readonly title: string;
  readonly run: string;
}

/** What the planning thread is asked; one question at a time. */
export interface PlanQuestion {
  readonly params: StoredParams;
  readonly pilot: PilotPlace | null;
}

export type PlanAnswer =
  { readonly type: 'plan'; readonly plan: ExperimentPlan } | { readonly type: 'failed'; readonly failure: Failure };
