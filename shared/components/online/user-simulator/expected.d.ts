import type { Candidates } from '#shared/contract/values.ts';
import type { Behaviour } from './exposures.ts';
import type { Attraction, Tastes } from './tastes.ts';
/** What is true of a variant in the simulated world, without chance: fresh users, no shuffling, no drift. */
export interface Truth {
    /** Expected clicks per item shown. */
    readonly clickRate: number;
    /** NDCG at the shown places against held-out items: what an offline evaluation says of the same list. */
    readonly ndcg: number;
}
/** The truth of variant v, every taste counting alike. */
export declare function truthOf(v: number, list: Candidates, tastes: Tastes, attraction: Attraction, behaviour: Behaviour): Truth;
