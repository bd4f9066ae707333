import type { FailureCode } from '#shared/contract/failure.ts';

export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** 2 where what came in is at fault, 1 where the thing failed. */
export function exitCodeOf(code: FailureCode): number {
  switch (code) {
    case 'bad-usage':
    case 'bad-input':
    case 'not-found':
    case 'newer-version':
    case 'bad-board':
    case 'bad-parameter':
    case 'bad-data':
    case 'too-large':
      return exitCodes.usage;
    case 'diverged':
    case 'cancelled':
    case 'disk':
    case 'unavailable':
    case 'timeout':
    case 'interrupted':
    case 'internal':
      return exitCodes.failed;
  }
}
