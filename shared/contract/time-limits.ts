import type { MethodName } from './methods.ts';

/**
 * How long an answer may take. A quick one is looked up or written down; a patient one reads through a file; work has
 * no limit of its own, but who does it says that it is going on, and the caller gives up when nothing is heard of it.
 */
export type Pace = 'quick' | 'patient' | 'work';

export const paceOf: Readonly<Record<MethodName, Pace>> = {
  'catalogue.list': 'quick',
  'templates.list': 'quick',
  'templates.open': 'quick',
  'designs.open': 'quick',
  'designs.save': 'quick',
  'designs.compare': 'quick',
  'designs.list': 'quick',
  'designs.hold': 'work',
  'drafts.begin': 'quick',
  'drafts.append': 'quick',
  'drafts.list': 'quick',
  'drafts.open': 'quick',
  'drafts.drop': 'quick',
  'restorePoints.list': 'quick',
  'restorePoints.open': 'quick',
  'datasets.peek': 'patient',
  'datasets.import': 'work',
  'datasets.generate': 'work',
  'datasets.inspect': 'work',
  'datasets.page': 'patient',
  'datasets.list': 'quick',
  'runs.start': 'work',
  'runs.cancel': 'quick',
  'runs.list': 'quick',
  'runs.show': 'quick',
  'runs.compare': 'patient',
  'runs.compareMany': 'work',
  'runs.ablations': 'quick',
  'runs.trace': 'work',
  'runs.preview': 'work',
  'runs.plan': 'work',
  'runs.history': 'patient',
  'runs.restore': 'patient',
  'experiments.plan': 'work',
  'experiments.offlineOnline': 'patient',
  'exports.write': 'patient',
  'engine.restart': 'quick',
  doctor: 'patient',
};

/** Milliseconds until a caller is told 'timeout'; for work since it was last heard of. */
export type TimeLimits = Readonly<Record<Pace, number>>;

export const timeLimits: TimeLimits = { quick: 60_000, patient: 5 * 60_000, work: 10 * 60_000 };

/** How often work that goes on is said to do so. */
export const aliveMillis = 10_000;

/** The event that says which calls go on; it is for the client on the line, and nobody else hears it. */
export const aliveEvent = 'alive';
