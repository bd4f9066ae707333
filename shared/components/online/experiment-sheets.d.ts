import type { Origin, Sheet } from '#shared/contract/values.ts';
import type { Analysis, AnalysisSettings, Comparison } from './experiment-analysis.ts';
/** What the first line of everything that leaves an experiment says. */
export declare const originSentences: Readonly<Record<Origin, string>>;
/** The experiment on one card: what was compared, whether it can be trusted, what came out. */
export declare function experimentCard(analysis: Analysis, settings: AnalysisSettings, origin: Origin): Sheet;
/** All lifts, with both kinds of interval. */
export declare function armSheet(analysis: Analysis, _settings: AnalysisSettings, origin: Origin): Sheet;
/** Guardrails: harm is excluded only where the whole interval lies on the right side of the margin. */
export declare function guardrailSheet(analysis: Analysis, settings: AnalysisSettings, origin: Origin): Sheet;
/** holds, broken, or not known: by where the interval of harm lies against the margin. */
export declare function guardrailVerdict({ finding, metric }: Comparison, { guardrailMargin }: AnalysisSettings): string;
export declare function segmentSheet(analysis: Analysis, origin: Origin): Sheet[];
