import type { Dataset } from '#shared/contract/values.ts';
import type { Exposures } from './exposures.ts';
import type { Tastes } from './tastes.ts';
import type { Traffic } from './traffic.ts';
/**
 * The data set with the simulated exposures as its impressions and the clicks appended to its events, so that what is trained on it
 * next has seen what was shown. Users of the data set keep their places; simulated users beyond them are added, with
 * column `persona` telling whose taste they have.
 */
export declare function exposureLog(base: Dataset, exposures: Exposures, traffic: Traffic, tastes: Tastes, names: readonly string[]): Dataset;
