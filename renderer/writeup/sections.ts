import type { Section } from '#shared/contract/design.ts';

interface StandardSection {
  readonly id: string;
  readonly title: string;
  /** What is asked of it; shown until something is written. */
  readonly asks: string;
}

/** The sections of a write-up, in order; a design keeps only those that were written. */
export const standardSections: readonly StandardSection[] = [
  {
    id: 'S1',
    title: 'Scope and requirements',
    asks: 'Who uses it, on which surface? What is the goal, and who loses if it is wrong? Scale, latency, freshness, privacy? What is out?',
  },
  {
    id: 'S2',
    title: 'ML framing',
    asks: 'Does it need ML? Which objective stands in for the goal, and what does each candidate over-reward? Input, output, unit of prediction, loss?',
  },
  {
    id: 'S3',
    title: 'Metrics',
    asks: 'Offline metric per stage; online metric; guardrails; slices. How does the offline one predict the online one? What must be reached to launch?',
  },
  {
    id: 'S4',
    title: 'High-level design',
    asks: 'Which boxes does the first version need? What is batch, stream, at request time? Where does the loop close?',
  },
  {
    id: 'S5',
    title: 'Estimates',
    asks: 'Requests per second, candidates per stage, memory of embeddings and indexes, log volume, the latency split. Which number changes a decision?',
  },
  {
    id: 'S6',
    title: 'Data and labels',
    asks: 'Sources, owners, freshness. What is a positive, what is a negative, when is a label final? Bias in how it was collected? How is it split?',
  },
  {
    id: 'S7',
    title: 'Features',
    asks: 'Per user, item, context and pair: which, how represented, over which window, computed where, there when a request comes?',
  },
  {
    id: 'S8',
    title: 'Model and training',
    asks: 'The baseline first. Options per stage with pros and cons; architecture, loss, negatives, regularisation, retraining, cold start.',
  },
  {
    id: 'S9',
    title: 'Evaluation',
    asks: 'Protocol, slices, error analysis, ablation. The A/B test: unit, smallest effect worth finding, duration, when to stop.',
  },
  {
    id: 'S10',
    title: 'Serving and scale',
    asks: 'Batch or online; index refresh; caching; timeouts; what answers when a stage fails; rollout; what costs most.',
  },
  {
    id: 'S11',
    title: 'Monitoring and iteration',
    asks: 'What is logged? Which signals, thresholds, owners? What triggers retraining? How does the feedback loop stay honest?',
  },
  {
    id: 'S12',
    title: 'Trade-offs, risks, extensions',
    asks: 'What was rejected and why? What breaks first at ten times the load? What comes next?',
  },
];

/** Sections as they are shown: the standard ones with what was written in them, then the design's own. */
export function shownSections(written: readonly Section[]): readonly Section[] {
  const standard = standardSections.map(
    ({ id, title }) => written.find((section) => section.id === id) ?? { id, title, body: [] },
  );
  const own = written.filter((section) => !standardSections.some(({ id }) => id === section.id));
  return [...standard, ...own];
}

/** The sections after one was edited: an emptied standard section is left out of the file. */
export function withSection(written: readonly Section[], id: string, text: string): Section[] {
  const section = shownSections(written).find((one) => one.id === id);
  if (section === undefined) return [...written];
  const body = text.split('\n');
  const next = shownSections(written).map((one) => (one.id === id ? { ...one, body } : one));
  return next.filter((one) => one.body.some((line) => line.trim() !== ''));
}

export function wordCount(body: readonly string[]): number {
  return body
    .join(' ')
    .split(/\s+/)
    .filter((word) => /\w/.test(word)).length;
}
