import { nodeTensorHost } from '../../main/node/tensor-host.ts';

/** Ports for components that compute with tensors. */
export const tensorPorts = { asset: (name: string): Promise<Uint8Array> => nodeTensorHost.asset(name) };
