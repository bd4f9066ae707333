import { NodeResizer, type NodeProps } from '@xyflow/react';
import { memo, useEffect, useRef, type ReactElement } from 'react';
import { useBoard, useDesign, useLookOnly, useView } from './board-context.ts';
import { resize, setFrameTitle, setNoteText } from './store/layout-commands.ts';
import { TitleField } from './title-field.tsx';
import type { BoardNode } from './projection.ts';
import './frame.css';

/** A titled group: moved by its title, resized by its edges; what lies in it moves along. */
export const FrameView = memo(function FrameView({ id, selected }: NodeProps<BoardNode>): ReactElement | null {
  const { document, view } = useBoard();
  const title = useDesign((design) => design.board.frames?.find((frame) => frame.id === id)?.title);
  const editing = useView((state) => state.editing === id);
  const lookOnly = useLookOnly();
  if (title === undefined) return null;
  return (
    <div className={`frame ${selected ? 'frame-selected' : ''}`}>
      <NodeResizer
        isVisible={selected === true && !lookOnly}
        minWidth={120}
        minHeight={80}
        onResizeEnd={(_, box) => resize(document, id, box)}
      />
      <div className="frame-title" title={title} onDoubleClick={() => lookOnly || view.setState({ editing: id })}>
        {editing ? (
          <TitleField
            value={title}
            onDone={(changed) => {
              view.setState({ editing: null });
              if (changed !== null && changed !== title) setFrameTitle(document, id, changed);
            }}
          />
        ) : (
          title
        )}
      </div>
    </div>
  );
});

/** A sheet of paper with a remark; double-click writes on it. */
export const NoteView = memo(function NoteView({ id, selected }: NodeProps<BoardNode>): ReactElement | null {
  const { document, view } = useBoard();
  const text = useDesign((design) => design.board.notes?.find((note) => note.id === id)?.text.join('\n'));
  const editing = useView((state) => state.editing === id);
  const lookOnly = useLookOnly();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (editing) field.current?.focus();
  }, [editing]);
  if (text === undefined) return null;
  return (
    <div
      className={`note ${selected ? 'note-selected' : ''}`}
      onDoubleClick={() => lookOnly || view.setState({ editing: id })}
    >
      <NodeResizer
        isVisible={selected === true && !lookOnly}
        minWidth={90}
        minHeight={48}
        onResizeEnd={(_, box) => resize(document, id, box)}
      />
      {editing ? (
        <textarea
          ref={field}
          className="nodrag nopan nowheel"
          aria-label="Note"
          value={text}
          onChange={(event) => setNoteText(document, id, event.target.value)}
          onBlur={() => view.setState({ editing: null })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            field.current?.closest<HTMLElement>('.board')?.focus();
            view.setState({ editing: null });
          }}
        />
      ) : (
        <p>{text === '' ? <span className="quiet">Double-click to write</span> : text}</p>
      )}
    </div>
  );
});
