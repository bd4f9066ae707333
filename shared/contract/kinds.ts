/** Lanes of the board, top to bottom. */
export const lanes = ['actors', 'data', 'train', 'serve', 'monitor'] as const;
export type Lane = (typeof lanes)[number];

/** What an edge stands for where a design says so. */
export const edgeKinds = ['batch', 'stream', 'request', 'async', 'artifact', 'feedback', 'control'] as const;

export interface Kind {
  readonly title: string;
  /** The lane that a new node of this kind lands in. */
  readonly lane: Lane;
  /** Name of a lucide icon. */
  readonly icon: string;
}

/** What a node can stand for in the drawing. A design may hold kinds that are not listed: they are kept and drawn plain. */
export const kinds: Readonly<Record<string, Kind>> = {
  'actor.client': { title: 'Client', lane: 'actors', icon: 'monitor-smartphone' },
  'actor.reviewer': { title: 'Reviewer', lane: 'actors', icon: 'user-check' },
  'actor.annotator': { title: 'Annotator', lane: 'actors', icon: 'pencil' },
  'source.table': { title: 'Table', lane: 'data', icon: 'database' },
  'source.stream': { title: 'Event stream', lane: 'data', icon: 'radio-tower' },
  'source.blob': { title: 'Files', lane: 'data', icon: 'folder' },
  'source.external': { title: 'External source', lane: 'data', icon: 'globe' },
  'store.log': { title: 'Event log', lane: 'data', icon: 'scroll-text' },
  'store.feature.offline': { title: 'Offline feature store', lane: 'data', icon: 'layers' },
  'store.feature.online': { title: 'Online feature store', lane: 'serve', icon: 'layers' },
  'store.vector': { title: 'Vector store', lane: 'serve', icon: 'boxes' },
  'store.text': { title: 'Text index', lane: 'serve', icon: 'text-search' },
  'store.graph': { title: 'Graph store', lane: 'serve', icon: 'share-2' },
  'store.doc': { title: 'Document store', lane: 'serve', icon: 'file-stack' },
  'store.kv': { title: 'Key-value store', lane: 'serve', icon: 'key-round' },
  'feature.batch': { title: 'Batch features', lane: 'data', icon: 'sigma' },
  'feature.stream': { title: 'Streaming features', lane: 'data', icon: 'activity' },
  'feature.request': { title: 'Request features', lane: 'serve', icon: 'scan-line' },
  'label.join': { title: 'Label join', lane: 'data', icon: 'merge' },
  'label.human': { title: 'Human labels', lane: 'data', icon: 'tags' },
  'label.weak': { title: 'Weak labels', lane: 'data', icon: 'tag' },
  'sampler.negative': { title: 'Negative sampler', lane: 'train', icon: 'minus-circle' },
  'sampler.downsample': { title: 'Downsampler', lane: 'train', icon: 'filter-x' },
  'split.time': { title: 'Time split', lane: 'data', icon: 'split' },
  'split.group': { title: 'Group split', lane: 'data', icon: 'split' },
  'split.random': { title: 'Random split', lane: 'data', icon: 'split' },
  trainer: { title: 'Trainer', lane: 'train', icon: 'graduation-cap' },
  'model.retriever': { title: 'Retrieval model', lane: 'train', icon: 'box' },
  'model.ranker': { title: 'Ranking model', lane: 'train', icon: 'box' },
  'model.classifier': { title: 'Classifier', lane: 'train', icon: 'box' },
  'model.regressor': { title: 'Regressor', lane: 'train', icon: 'box' },
  'model.detector': { title: 'Detector', lane: 'train', icon: 'box' },
  'model.encoder': { title: 'Encoder', lane: 'train', icon: 'box' },
  'model.generator': { title: 'Generator', lane: 'train', icon: 'box' },
  'model.calibrator': { title: 'Calibrator', lane: 'train', icon: 'gauge' },
  'baseline.rule': { title: 'Rule baseline', lane: 'train', icon: 'ruler' },
  'baseline.popular': { title: 'Popularity baseline', lane: 'train', icon: 'flame' },
  'baseline.linear': { title: 'Linear baseline', lane: 'train', icon: 'trending-up' },
  'eval.offline': { title: 'Offline evaluation', lane: 'train', icon: 'clipboard-check' },
  'eval.errors': { title: 'Error analysis', lane: 'train', icon: 'bug' },
  registry: { title: 'Model registry', lane: 'train', icon: 'archive' },
  schedule: { title: 'Schedule', lane: 'train', icon: 'calendar-clock' },
  gateway: { title: 'Gateway', lane: 'serve', icon: 'globe' },
  queue: { title: 'Queue', lane: 'serve', icon: 'rows-3' },
  retrieve: { title: 'Retrieval', lane: 'serve', icon: 'search' },
  merge: { title: 'Merge', lane: 'serve', icon: 'git-merge' },
  filter: { title: 'Filter', lane: 'serve', icon: 'funnel' },
  'rank.light': { title: 'Light ranker', lane: 'serve', icon: 'list-ordered' },
  'rank.heavy': { title: 'Heavy ranker', lane: 'serve', icon: 'list-ordered' },
  rerank: { title: 'Re-ranking', lane: 'serve', icon: 'shuffle' },
  explore: { title: 'Exploration', lane: 'serve', icon: 'compass' },
  policy: { title: 'Policy', lane: 'serve', icon: 'scale' },
  cache: { title: 'Cache', lane: 'serve', icon: 'zap' },
  fallback: { title: 'Fallback', lane: 'serve', icon: 'life-buoy' },
  batchscore: { title: 'Batch scoring', lane: 'serve', icon: 'package' },
  'index.build': { title: 'Index build', lane: 'train', icon: 'hammer' },
  list: { title: 'List', lane: 'serve', icon: 'list' },
  'log.exposure': { title: 'Exposure log', lane: 'monitor', icon: 'scroll-text' },
  'monitor.system': { title: 'System monitor', lane: 'monitor', icon: 'activity' },
  'monitor.data': { title: 'Data monitor', lane: 'monitor', icon: 'chart-line' },
  'monitor.model': { title: 'Model monitor', lane: 'monitor', icon: 'chart-spline' },
  'monitor.business': { title: 'Business monitor', lane: 'monitor', icon: 'chart-column' },
  alert: { title: 'Alert', lane: 'monitor', icon: 'bell' },
  experiment: { title: 'Experiment', lane: 'monitor', icon: 'flask-conical' },
  'rollout.shadow': { title: 'Shadow', lane: 'monitor', icon: 'ghost' },
  'rollout.canary': { title: 'Canary', lane: 'monitor', icon: 'bird' },
  'review.queue': { title: 'Review queue', lane: 'monitor', icon: 'inbox' },
  'guard.input': { title: 'Input guard', lane: 'serve', icon: 'shield' },
  'guard.output': { title: 'Output guard', lane: 'serve', icon: 'shield-check' },
};
