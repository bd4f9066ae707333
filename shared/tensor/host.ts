/** What the tensor layer asks of its host. `ComponentPorts` of the contract is one; a host may offer more. */
export interface TensorHost {
  /** Bytes of a file that ships with a package, named as an import would: "@scope/package/folder/file.wasm". */
  asset(name: string): Promise<Uint8Array>;
  /** Loads the native backend of tfjs where the user has installed it; rejects where it is absent or does not load. */
  native?(): Promise<unknown>;
  /**
   * Runs the start of the WebAssembly backend. The backend installs process-wide handlers that throw every unhandled
   * error again; a host that cares takes them away after `start`.
   */
  guard?<Result>(start: () => Promise<Result>): Promise<Result>;
}
