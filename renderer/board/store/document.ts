import { applyPatches, enablePatches, freeze, produceWithPatches, type Draft, type Patch } from 'immer';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '#shared/contract/design.ts';
import type { OpenedDesign, Repair } from '#shared/contract/design-files.ts';

enablePatches();

/** One change of a design as it is undone and redone. */
export interface Command {
  readonly label: string;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  /** Changes with the same key that follow each other within a second and a half are one step: typing, nudging. */
  readonly merge: string | null;
  readonly at: number;
}

export interface DocumentState {
  readonly design: Design;
  readonly path: string | null;
  readonly digest: string | null;
  /** Why it can only be read; null where it can be changed. */
  readonly readOnly: string | null;
  readonly repairs: readonly Repair[];
  readonly done: readonly Command[];
  readonly undone: readonly Command[];
  /** The newest command that is in the file; what tells whether there is something to save. */
  readonly saved: Command | null;
}

export type DocumentStore = StoreApi<DocumentState>;

const stepsKept = 1_000;
const mergeMillis = 1_500;

export function createDocument(opened: OpenedDesign): DocumentStore {
  return createStore<DocumentState>(() => ({
    design: freeze(opened.design, true),
    path: opened.path,
    digest: opened.digest,
    readOnly: opened.readOnly,
    repairs: opened.repairs,
    done: [],
    undone: [],
    saved: null,
  }));
}

/** Changes the design by a named, reversible command. Nothing happens where the recipe changes nothing, and to what is read-only. */
export function change(
  document: DocumentStore,
  label: string,
  recipe: (design: Draft<Design>) => void,
  merge: string | null = null,
): void {
  const before = document.getState();
  if (before.readOnly !== null) return;
  const [design, patches, inverse] = produceWithPatches(before.design, (draft) => {
    recipe(draft);
  });
  if (patches.length === 0) return;
  const at = performance.now();
  const last = before.done.at(-1);
  const joins =
    merge !== null && last !== undefined && last.merge === merge && at - last.at < mergeMillis && last !== before.saved;
  const command: Command = joins
    ? { label, patches: [...last.patches, ...patches], inverse: [...inverse, ...last.inverse], merge, at }
    : { label, patches, inverse, merge, at };
  const done = joins ? [...before.done.slice(0, -1), command] : [...before.done.slice(-stepsKept + 1), command];
  document.setState({ design, done, undone: [] });
}

export function undo(document: DocumentStore): Command | null {
  const { design, done, undone, readOnly } = document.getState();
  const command = done.at(-1);
  if (command === undefined || readOnly !== null) return null;
  document.setState({
    design: applyPatches(design, [...command.inverse]),
    done: done.slice(0, -1),
    undone: [...undone, command],
  });
  return command;
}

export function redo(document: DocumentStore): Command | null {
  const { design, done, undone, readOnly } = document.getState();
  const command = undone.at(-1);
  if (command === undefined || readOnly !== null) return null;
  document.setState({
    design: applyPatches(design, [...command.patches]),
    done: [...done, command],
    undone: undone.slice(0, -1),
  });
  return command;
}

/** Whether the design holds what its file does not. */
export function isDirty(state: DocumentState): boolean {
  return (state.done.at(-1) ?? null) !== state.saved;
}

/** Stands for a save that never was: what was recovered is not in its file. */
const never: Command = { label: '', patches: [], inverse: [], merge: null, at: 0 };

/** Notes that the design as it was opened is not what its file holds. */
export function markRecovered(document: DocumentStore): void {
  document.setState({ saved: never });
}

/** Notes that everything up to `command` is in the file. */
export function markSaved(
  document: DocumentStore,
  file: { path: string; digest: string; command: Command | null },
): void {
  document.setState({ path: file.path, digest: file.digest, saved: file.command });
}
