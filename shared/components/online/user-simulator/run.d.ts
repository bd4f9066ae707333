export declare const component: import("#shared/contract/component.ts").Component<{
    readonly id: "user-simulator";
    readonly version: 1;
    readonly stage: "online";
    readonly kind: "log.exposure";
    readonly title: "User simulator";
    readonly summary: "Shows each wired list to simulated users day by day and logs what was shown, where, how likely, and what came of it.";
    readonly icon: "users";
    readonly inputs: {
        readonly lists: {
            readonly types: readonly ["list", "candidates"];
            readonly title: "Lists";
            readonly help: "One wire per variant, in the order of the edges: the first is the control. All must answer the same requests.";
            readonly many: true;
        };
        readonly model: {
            readonly types: readonly ["model"];
            readonly title: "Taste model";
            readonly help: "A trained model whose vectors say what users like; without it, taste comes from the categories of what they did.";
            readonly optional: true;
        };
    };
    readonly outputs: {
        readonly log: {
            readonly type: "dataset";
            readonly title: "Exposure log";
        };
        readonly metrics: {
            readonly type: "metrics";
            readonly title: "Simulated outcomes";
        };
    };
    readonly params: {
        readonly names: {
            readonly kind: "texts";
            readonly title: "Variant names";
            readonly help: "Names of the variants in the order of the wires; letters where missing.";
            readonly default: readonly [];
        };
        readonly days: {
            readonly kind: "number";
            readonly title: "Days";
            readonly help: "Length of the experiment.";
            readonly default: 14;
            readonly minimum: 1;
            readonly maximum: 365;
            readonly integer: true;
            readonly unit: "days";
        };
        readonly warmUp: {
            readonly kind: "number";
            readonly title: "Days before";
            readonly help: "Days before the start in which everybody sees the control: what CUPED learns from.";
            readonly default: 7;
            readonly minimum: 0;
            readonly maximum: 90;
            readonly integer: true;
            readonly unit: "days";
        };
        readonly requestsPerDay: {
            readonly kind: "number";
            readonly title: "Requests a day";
            readonly help: "Average traffic of all users together.";
            readonly default: 3000;
            readonly minimum: 1;
            readonly maximum: 10000000;
            readonly integer: true;
            readonly logarithmic: true;
            readonly unit: "requests";
        };
        readonly population: {
            readonly kind: "number";
            readonly title: "Users";
            readonly help: "Simulated users. More than the data set has: several share the taste of one real user.";
            readonly default: 4000;
            readonly minimum: 2;
            readonly maximum: 5000000;
            readonly integer: true;
            readonly logarithmic: true;
            readonly unit: "users";
        };
        readonly shares: {
            readonly kind: "numbers";
            readonly title: "Traffic shares";
            readonly help: "Weight of each variant; equal where empty.";
            readonly default: readonly [];
            readonly minimum: 0;
            readonly maximum: 1000;
        };
        readonly ramp: {
            readonly kind: "numbers";
            readonly title: "Ramp";
            readonly help: "Share of users in the experiment on each day, the last for all later days; all from the first day where empty.";
            readonly default: readonly [];
            readonly minimum: 0;
            readonly maximum: 1;
            readonly advanced: true;
        };
        readonly sameForAll: {
            readonly kind: "flag";
            readonly title: "A/A";
            readonly help: "Shows the control to every variant: no effect is there to be found.";
            readonly default: false;
        };
        readonly places: {
            readonly kind: "number";
            readonly title: "Places";
            readonly help: "Positions shown of each list.";
            readonly default: 10;
            readonly minimum: 1;
            readonly maximum: 64;
            readonly integer: true;
            readonly unit: "items";
        };
        readonly clickModel: {
            readonly kind: "choice";
            readonly title: "Click model";
            readonly help: "position: each place is looked at with its own chance. cascade: top to bottom until satisfied or tired.";
            readonly default: "position";
            readonly choices: readonly ["position", "cascade"];
        };
        readonly decay: {
            readonly kind: "number";
            readonly title: "Position decay";
            readonly help: "Place k is looked at with chance 1 / k^decay (position model).";
            readonly default: 0.7;
            readonly minimum: 0;
            readonly maximum: 5;
        };
        readonly afterClick: {
            readonly kind: "number";
            readonly title: "Goes on after a click";
            readonly help: "Chance to look further after a click (cascade).";
            readonly default: 0.4;
            readonly minimum: 0;
            readonly maximum: 1;
            readonly advanced: true;
        };
        readonly afterLook: {
            readonly kind: "number";
            readonly title: "Goes on after a look";
            readonly help: "Chance to look further after a look without a click (cascade).";
            readonly default: 0.9;
            readonly minimum: 0;
            readonly maximum: 1;
            readonly advanced: true;
        };
        readonly appeal: {
            readonly kind: "number";
            readonly title: "Average attraction";
            readonly help: "Chance that an average item of the control is clicked when it is looked at.";
            readonly default: 0.12;
            readonly minimum: 0.0001;
            readonly maximum: 0.9;
        };
        readonly wanted: {
            readonly kind: "number";
            readonly title: "Weight of held-out items";
            readonly help: "How much more attractive items are that the user really went on to (log scale): ties online to offline results.";
            readonly default: 1.2;
            readonly minimum: 0;
            readonly maximum: 5;
        };
        readonly taste: {
            readonly kind: "number";
            readonly title: "Weight of taste";
            readonly help: "How much the fit to a user’s taste counts (log scale, per standard deviation).";
            readonly default: 0.4;
            readonly minimum: 0;
            readonly maximum: 3;
        };
        readonly popularity: {
            readonly kind: "number";
            readonly title: "Weight of popularity";
            readonly help: "How much popular items attract everybody (log scale, per standard deviation).";
            readonly default: 0.15;
            readonly minimum: 0;
            readonly maximum: 3;
            readonly advanced: true;
        };
        readonly noise: {
            readonly kind: "number";
            readonly title: "Unexplained taste";
            readonly help: "Spread of liking that no model can see (log scale).";
            readonly default: 0.4;
            readonly minimum: 0;
            readonly maximum: 3;
            readonly advanced: true;
        };
        readonly world: {
            readonly kind: "number";
            readonly title: "World";
            readonly help: "Which unexplained tastes users have; simulators with equal numbers simulate the same people.";
            readonly default: 1;
            readonly minimum: 0;
            readonly maximum: 1000000;
            readonly integer: true;
            readonly advanced: true;
        };
        readonly lift: {
            readonly kind: "numbers";
            readonly title: "Planted lift";
            readonly help: "Relative change of attraction planted in each variant, in order: 0, 0.1 makes the second 10 % more attractive.";
            readonly default: readonly [];
            readonly minimum: -0.9;
            readonly maximum: 10;
            readonly advanced: true;
        };
        readonly novelty: {
            readonly kind: "number";
            readonly title: "Novelty";
            readonly help: "Extra attraction of a new variant on a user’s first day in it, fading over three days.";
            readonly default: 0;
            readonly minimum: 0;
            readonly maximum: 5;
            readonly advanced: true;
        };
        readonly fatigue: {
            readonly kind: "number";
            readonly title: "Fatigue";
            readonly help: "Share of attraction an item loses each time the same user has seen it.";
            readonly default: 0.02;
            readonly minimum: 0;
            readonly maximum: 0.95;
            readonly advanced: true;
        };
        readonly drift: {
            readonly kind: "number";
            readonly title: "Drift";
            readonly help: "Daily step of a random walk of everybody’s interest (log scale), alike in all variants.";
            readonly default: 0.02;
            readonly minimum: 0;
            readonly maximum: 0.5;
            readonly advanced: true;
        };
        readonly newUsers: {
            readonly kind: "number";
            readonly title: "New users";
            readonly help: "Share of users that first turn up during the experiment.";
            readonly default: 0.1;
            readonly minimum: 0;
            readonly maximum: 1;
            readonly advanced: true;
        };
        readonly explore: {
            readonly kind: "number";
            readonly title: "Exploration";
            readonly help: "Share of requests whose list is shuffled; makes every probability known, which off-policy estimates need.";
            readonly default: 0.1;
            readonly minimum: 0;
            readonly maximum: 1;
        };
        readonly pool: {
            readonly kind: "number";
            readonly title: "Exploration pool";
            readonly help: "How deep in the list exploration draws from.";
            readonly default: 20;
            readonly minimum: 1;
            readonly maximum: 1000;
            readonly integer: true;
            readonly unit: "items";
            readonly advanced: true;
        };
        readonly conversion: {
            readonly kind: "number";
            readonly title: "Conversion";
            readonly help: "Chance that a click leads to a conversion.";
            readonly default: 0.08;
            readonly minimum: 0;
            readonly maximum: 1;
        };
        readonly delay: {
            readonly kind: "number";
            readonly title: "Conversion delay";
            readonly help: "Average days from click to conversion; those after the last day are not in the log.";
            readonly default: 1;
            readonly minimum: 0;
            readonly maximum: 60;
            readonly unit: "days";
            readonly advanced: true;
        };
        readonly price: {
            readonly kind: "number";
            readonly title: "Price";
            readonly help: "Revenue of a conversion where items have no price.";
            readonly default: 10;
            readonly minimum: 0;
            readonly maximum: 1000000;
            readonly advanced: true;
        };
        readonly hide: {
            readonly kind: "number";
            readonly title: "Hide rate";
            readonly help: "Chance that an item that was looked at and does not attract at all is hidden.";
            readonly default: 0.01;
            readonly minimum: 0;
            readonly maximum: 1;
            readonly advanced: true;
        };
    };
    readonly references: readonly ["Craswell et al., An experimental comparison of click position-bias models, WSDM 2008", "Chuklin, Markov, de Rijke, Click models for web search, 2015", "st-tech/zr-obp, synthetic slate data with pbm and cascade clicks"];
    readonly cost: "O(requests · places)";
}, null, null>;
