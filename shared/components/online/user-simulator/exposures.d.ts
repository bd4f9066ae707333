import type { Context } from '#shared/contract/component.ts';
import type { Attraction } from './tastes.ts';
import type { Traffic } from './traffic.ts';
/** What users meet: how they look, tire and pay. */
export interface Behaviour {
    readonly places: number;
    readonly clickModel: 'position' | 'cascade';
    /** Chance to look at each place (position model). */
    readonly examination: Float64Array;
    readonly afterClick: number;
    readonly afterLook: number;
    /** Planted relative lift of each variant. */
    readonly lift: readonly number[];
    readonly novelty: number;
    readonly fatigue: number;
    readonly drift: number;
    readonly explore: number;
    readonly conversion: number;
    readonly delay: number;
    readonly hide: number;
    /** Revenue of a conversion by item. */
    readonly prices: Float64Array;
    /** Probabilities that the lists themselves state for their entries, by variant; null where they are certain. */
    readonly stated: readonly (Float64Array | null)[];
}
/** One row per item shown. Times are seconds since the first simulated midnight. */
export interface Exposures {
    readonly rows: number;
    readonly user: Int32Array;
    readonly item: Int32Array;
    readonly time: Float64Array;
    readonly request: Int32Array;
    readonly position: Int32Array;
    readonly propensity: Float64Array;
    /** Probability of the whole sequence from the top to this place. */
    readonly sequence: Float64Array;
    readonly click: Float32Array;
    /** -1 while the user is not in the experiment. */
    readonly variant: Int32Array;
    readonly dwell: Float32Array;
    readonly conversion: Float32Array;
    readonly revenue: Float32Array;
    readonly hidden: Float32Array;
    /** Conversions that come after the last day, hence are not in the log. */
    readonly late: number;
}
/** Rows that the traffic will give. */
export declare function exposureRows(traffic: Traffic, attraction: Attraction, places: number, warmUp: number, days: number): number;
/** Simulates all days. Within a day users come in order; a user's request falls on a random second. */
export declare function simulate(traffic: Traffic, attraction: Attraction, behaviour: Behaviour, days: {
    warmUp: number;
    days: number;
}, context: Context): Promise<Exposures>;
