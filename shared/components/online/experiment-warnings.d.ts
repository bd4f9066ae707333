import type { Context } from '#shared/contract/component.ts';
import type { Analysis } from './experiment-analysis.ts';
/** Says on the node whatever a reader must know before believing the result. */
export declare function warnOf(analysis: Analysis, about: {
    readonly sharedSupply: boolean;
}, context: Context): void;
