import type { Origin, Plot } from '#shared/contract/values.ts';
import type { Analysis, AnalysisSettings } from './experiment-analysis.ts';
/** The lift of the first metric over time: what is known after each day, and what each day by itself showed. */
export declare function overTimePlots(analysis: Analysis, _settings: AnalysisSettings, origin: Origin): Plot[];
