import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { failureLine } from '#shared/contract/failure.ts';
import { change } from '#renderer/board/store/document.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { say } from '#renderer/ui/toast.tsx';
import { WriteupView } from '#renderer/writeup/writeup-view.tsx';
import { useApp } from './app-context.ts';
import type { OpenTab } from './workspace.ts';

export function WriteupScreen({ tab }: { tab: OpenTab }): ReactElement {
  const { connection } = useApp();
  const design = useStore(tab.document, (state) => state.design);
  const write = async (format: 'md' | 'html'): Promise<void> => {
    const run = tab.runs.getState().run ?? undefined;
    try {
      const { files } = await connection.call('exports.write', { design, format, out: 'write-up', run });
      say(`Written: ${files.join(', ')}`);
    } catch (thrown) {
      say(failureLine(failureOf(thrown)));
    }
  };
  return (
    <main className="screen">
      <WriteupView
        title={design.title}
        written={design.writeUp?.sections ?? []}
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
