import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createRunStore, type NodePlan, type NodeRun, type RunsOfDesign, type RunStore } from './run-store.ts';

export const RunContext = createContext<RunStore>(createRunStore());

export function useRuns<T>(select: (state: RunsOfDesign) => T): T {
  return useStore(useContext(RunContext), select);
}

export function useNodeRun(id: string): NodeRun | undefined {
  return useRuns((state) => state.nodes[id]);
}

export function useNodePlan(id: string): NodePlan | undefined {
  return useRuns((state) => state.plan[id]);
}
