import type { Metrics } from '#shared/contract/values.ts';
import type { Truth } from './expected.ts';
import type { Behaviour, Exposures } from './exposures.ts';
export interface OutcomeContext {
    readonly names: readonly string[];
    readonly truths: readonly Truth[];
    readonly behaviour: Behaviour;
    readonly requests: number;
}
/** What came of all variants together and of each, labelled simulated. Intervals are over users, who come back. */
export declare function outcomesOf(exposures: Exposures, about: OutcomeContext): Metrics;
