import type { Candidates, Model } from '#shared/contract/values.ts';
/** Whose tastes are simulated: requests of the lists, one per real user. */
export interface Tastes {
    /** Row of the request of each taste, the same in every list. */
    readonly requests: Int32Array;
    readonly users: Int32Array;
}
/** The requests that all lists answer: the test requests, or all where there is no test part. */
export declare function tastesOf(lists: readonly Candidates[]): Tastes;
export interface TasteWeights {
    readonly appeal: number;
    readonly wanted: number;
    readonly taste: number;
    readonly popularity: number;
    readonly noise: number;
}
/** Attraction of each variant's list entries: taste t and entry k at [t * pool + k]; NaN beyond the end of a list. */
export interface Attraction {
    readonly pool: number;
    /** How many entries list v has for taste t, at most `pool`. */
    readonly lengths: readonly Int32Array[];
    readonly items: readonly Int32Array[];
    readonly values: readonly Float64Array[];
}
/**
 * How likely a user clicks an item that is looked at: appeal · exp(s) / mean of exp(s) over what the control shows, where s is the weighted sum of
 * held-out interest, taste (standardised), popularity (standardised) and unexplained liking. Never above 0.95 / (1 + largest lift), so that a planted lift
 * stays what it says.
 */
export declare function attractionOf(lists: readonly Candidates[], tastes: Tastes, shape: {
    pool: number;
    places: number;
    largestLift: number;
    seed: number;
    weights: TasteWeights;
    model: Model | undefined;
}): Attraction;
