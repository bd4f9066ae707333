import type { Random } from '#shared/contract/random.ts';
/** Who is simulated, when they come, and which variant they get. */
export interface Traffic {
    /** Taste of each simulated user. */
    readonly taste: Int32Array;
    readonly variant: Int32Array;
    /** Day on which the user enters the experiment, from 0; `days` or later: never. */
    readonly enters: Int32Array;
    /** Requests of user u on day d (warm-up days first) at [d * population + u]. */
    readonly requests: Uint16Array;
    readonly totalRequests: number;
}
export interface TrafficShape {
    readonly population: number;
    readonly tastes: number;
    readonly days: number;
    readonly warmUp: number;
    readonly requestsPerDay: number;
    readonly newUsers: number;
    readonly shares: readonly number[];
    readonly ramp: readonly number[];
}
/** Draws users and their visits. Activity differs between users (log-normal, spread 0.6), so that a few come often. */
export declare function drawTraffic(shape: TrafficShape, random: Random): Traffic;
