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

const capitals =
  /(?<![a-z0-9])(auc|ctr|dm|dr|ece|f1|gauc|ild|ips|mae|map|mrr|mse|ndcg|pr|rmse|sndr|snips)(?![a-z0-9])/g;

/** The key of a metric as people write it: "ndcg@10" is NDCG@10, "recall@10" Recall@10, "log-loss" log loss, "ctr-lift:b" CTR lift: b. */
export function metricTitle(key: string): string {
  const [name, cut] = key.split('@');
  const capital = name.replace(capitals, (word) => word.toUpperCase());
  const whole = cut === undefined ? capital : `${capital.charAt(0).toUpperCase()}${capital.slice(1)}@${cut}`;
  return whole.replaceAll('-', ' ').replace(/:(?=\S)/, ': ');
}
