import { useMemo, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { failureLine } from '#shared/contract/failure.ts';
import { holding, type Standing } from '#shared/documents/write-up.ts';
import type { NodePlan } from '#renderer/client/run-store.ts';
import { change } from '#renderer/board/store/document.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { say } from '#renderer/ui/toast.tsx';
import { WriteupView } from '#renderer/writeup/writeup-view.tsx';
import { useApp } from './app-context.ts';
import { fileNameFor } from './saving.ts';
import type { OpenTab } from './workspace.ts';

export function WriteupScreen({ tab }: { tab: OpenTab }): ReactElement {
  const { connection } = useApp();
  const design = useStore(tab.document, (state) => state.design);
  const result = useStore(tab.runs, (state) => state.result);
  const plan = useStore(tab.runs, (state) => state.plan);
  const run = useMemo(() => (result === null ? null : holding(result, stale(plan))), [result, plan]);
  const write = async (format: 'md' | 'html'): Promise<void> => {
    const run = tab.runs.getState().run ?? undefined;
    // A folder of its own: the write-up of another design is never written over.
    const named = tab.document.getState().path?.split(/[\\/]/).at(-1) ?? fileNameFor(design.title);
    const out = `write-up/${named.replace(/\.runboard$/, '')}`;
    try {
      const { files } = await connection.call('exports.write', { design, format, out, run });
      say(`Written: ${files.join(', ')}`);
    } catch (thrown) {
      say(failureLine(failureOf(thrown)));
    }
  };
  return (
    <main className="screen">
      <WriteupView
        design={design}
        run={run}
        onSections={(sections, id) =>
          change(
            tab.document,
            'Write',
            (draft) => {
              draft.writeUp = { ...draft.writeUp, sections };
            },
            `section:${id}`,
          )
        }
        onExport={(format) => void write(format)}
      />
    </main>
  );
}

/** Which results the drawing has moved away from, as the plan has it. */
function stale(plan: Readonly<Record<string, NodePlan>>): Standing {
  const changed = Object.entries(plan).filter(([, { reused }]) => !reused);
  return { stale: new Set(changed.map(([node]) => node)), unchecked: null };
}
