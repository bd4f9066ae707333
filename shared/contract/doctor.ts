import type { Environment } from './results.ts';

export interface DoctorReport {
  readonly environment: Environment;
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly found: string;
    readonly remedy: string | null;
  }[];
}
