export declare const spec: {
    readonly id: "ab-test";
    readonly version: 1;
    readonly stage: "online";
    readonly kind: "experiment";
    readonly title: "A/B test";
    readonly summary: "Compares the variants of a simulated experiment: lifts with intervals that stay valid, guardrails, and whether the split itself can be trusted.";
    readonly icon: "flask-conical";
    readonly inputs: {
        readonly log: {
            readonly types: readonly ["dataset"];
            readonly title: "Exposure log";
            readonly help: "What a user simulator logged: impressions with variant, time and outcomes.";
        };
    };
    readonly outputs: {
        readonly metrics: {
            readonly type: "metrics";
            readonly title: "Result";
        };
    };
    readonly params: {
        readonly metrics: {
            readonly kind: "texts";
            readonly title: "Metrics";
            readonly help: "What the test is judged by; the first is the primary one, all are corrected together.";
            readonly default: readonly ["ctr", "conversion", "revenue-per-user"];
            readonly choices: string[];
        };
        readonly guardrails: {
            readonly kind: "texts";
            readonly title: "Guardrails";
            readonly help: "What must not get worse.";
            readonly default: readonly ["hide-rate", "diversity", "latency"];
            readonly choices: string[];
        };
        readonly guardrailMargin: {
            readonly kind: "number";
            readonly title: "Guardrail margin";
            readonly help: "Relative harm that would still be borne.";
            readonly default: 0.05;
            readonly minimum: 0;
            readonly maximum: 1;
        };
        readonly control: {
            readonly kind: "text";
            readonly title: "Control";
            readonly help: "Name of the variant that others are compared with; the first where empty.";
            readonly default: "";
        };
        readonly shares: {
            readonly kind: "numbers";
            readonly title: "Planned shares";
            readonly help: "Planned traffic weights, control first; equal where empty. The sample ratio is checked against them.";
            readonly default: readonly [];
            readonly minimum: 0.001;
            readonly maximum: 1000;
        };
        readonly alpha: {
            readonly kind: "number";
            readonly title: "Level";
            readonly help: "Chance of a false alarm that is accepted, two-sided.";
            readonly default: 0.05;
            readonly minimum: 0.0001;
            readonly maximum: 0.5;
        };
        readonly correction: {
            readonly kind: "choice";
            readonly title: "Several tests";
            readonly help: "Correction over metrics and variants: holm bounds any false alarm, benjamini-hochberg their share.";
            readonly default: "holm";
            readonly choices: readonly ["holm", "benjamini-hochberg", "none"];
        };
        readonly cuped: {
            readonly kind: "flag";
            readonly title: "CUPED";
            readonly help: "Uses what users did before the experiment to narrow the intervals.";
            readonly default: true;
        };
        readonly tuning: {
            readonly kind: "number";
            readonly title: "Sequential tuning";
            readonly help: "Users in all at which the always-valid interval is tightest.";
            readonly default: 5000;
            readonly minimum: 10;
            readonly maximum: 1000000000;
            readonly integer: true;
            readonly logarithmic: true;
            readonly unit: "users";
            readonly advanced: true;
        };
        readonly priorDeviation: {
            readonly kind: "number";
            readonly title: "Prior spread";
            readonly help: "Spread of lifts expected beforehand, for the chance to win; 0 expects nothing.";
            readonly default: 0.3;
            readonly minimum: 0;
            readonly maximum: 10;
            readonly advanced: true;
        };
        readonly segments: {
            readonly kind: "texts";
            readonly title: "Segments";
            readonly help: "Category columns of the users, or activity (thirds by activity before the experiment).";
            readonly default: readonly ["activity"];
        };
        readonly minimumDays: {
            readonly kind: "number";
            readonly title: "Least days";
            readonly help: "With fewer days the result is withheld.";
            readonly default: 2;
            readonly minimum: 1;
            readonly maximum: 90;
            readonly integer: true;
            readonly unit: "days";
            readonly advanced: true;
        };
        readonly sharedSupply: {
            readonly kind: "flag";
            readonly title: "Shared supply";
            readonly help: "Users of all variants draw on the same limited supply (rides, rooms, budgets): the test then warns of interference.";
            readonly default: false;
        };
        readonly variantColumn: {
            readonly kind: "text";
            readonly title: "Variant column";
            readonly help: "Column of the impressions that names the variant.";
            readonly default: "variant";
            readonly advanced: true;
        };
        readonly faulty: {
            readonly kind: "choice";
            readonly title: "Faulty rows";
            readonly help: "Users in several variants and repeated rows: refuse the log, or leave them out and say so.";
            readonly default: "refuse";
            readonly choices: readonly ["refuse", "leave out"];
            readonly advanced: true;
        };
    };
    readonly references: readonly ["growthbook/growthbook, packages/stats (MIT): Welch on relative lift, delta method, CUPED, Bayesian chance to win, sample ratio", "Waudby-Smith et al., Time-uniform central limit theory and asymptotic confidence sequences, arXiv:2103.06476", "Deng et al., Improving the sensitivity of online controlled experiments by utilizing pre-experiment data, WSDM 2013"];
    readonly cost: "O(impressions + days · users)";
};
