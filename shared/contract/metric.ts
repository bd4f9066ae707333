/** Everything said about a metric; its implementation lives beside it, in shared/metrics/<id>.ts. */
export interface MetricSpec {
  /** File name and key: "ndcg", "recall-capped". */
  readonly id: string;
  readonly title: string;
  /** Whose definition: "RecBole", "LensKit", "LightGBM". */
  readonly dialect: string;
  readonly better: 'higher' | 'lower' | 'neither';
  /** One sentence: what it tells. */
  readonly help: string;
  /** accuracy: of a list against held-out items; beyond: of lists as such; prediction: of scored examples. */
  readonly family: 'accuracy' | 'beyond' | 'prediction';
}
