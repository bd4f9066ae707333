import { createContext, useContext } from 'react';

/** Whether the design in front can be looked at only; every field below says so and takes nothing. */
export const ReadOnly = createContext(false);

export function useReadOnly(): boolean {
  return useContext(ReadOnly);
}
