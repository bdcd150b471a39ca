/** Reads networks such as "10.1.0.0/16"; answers whether an address is in one of them. Null when one is none. */
export type ReadNetworks = (networks: readonly string[]) => ((address: string) => boolean) | null;
