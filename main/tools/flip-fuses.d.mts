export function fusesOf(flavour: string): object;
export function afterPack(context: object): Promise<void>;
