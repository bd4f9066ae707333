import { autocompletion, completionKeymap, startCompletion, type Completion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { markdown } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useImperativeHandle, useRef, type ReactElement, type Ref } from 'react';
import { citeSource } from './cite-completions.ts';

const highlight = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '640' },
  { tag: tags.strong, fontWeight: '640' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.monospace, fontFamily: 'var(--mono)' },
  { tag: tags.link, color: 'var(--accent-ink)' },
  { tag: tags.url, color: 'var(--ink-3)' },
  { tag: tags.processingInstruction, color: 'var(--ink-3)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13.5px', color: 'var(--ink)' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.65', padding: '4px 0 40px' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '0' },
  '.cm-line': { padding: '0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 24%, transparent) !important',
  },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-tooltip.cm-tooltip-autocomplete': {
    border: '1px solid var(--line-strong)',
    borderRadius: '8px',
    background: 'var(--paper-raised)',
    boxShadow: 'var(--shadow-2)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', fontSize: '12.5px', maxHeight: '18em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', padding: '4px 10px', color: 'var(--ink)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--accent-soft)',
    color: 'var(--ink)',
  },
  '.cm-completionDetail': {
    marginLeft: 'auto',
    paddingLeft: '18px',
    fontStyle: 'normal',
    fontVariantNumeric: 'tabular-nums',
    color: 'var(--ink-2)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '640' },
});

/** The nonce that the page's policy lets editors put on their styles. */
function styleNonce(): string {
  return document.querySelector('meta[name="style-nonce"]')?.getAttribute('content') ?? '';
}

/** What the view around an editor can ask of it. */
export interface EditorHandle {
  /** Begins a reference where the cursor is and offers what there is. */
  cite(): void;
}

interface MarkdownEditorProps {
  readonly handle: Ref<EditorHandle>;
  readonly label: string;
  /** What can be cited. */
  readonly citable: readonly Completion[];
  readonly text: string;
  readonly hint: string;
  /** It can be read and copied from, and nothing can be typed. */
  readonly readOnly: boolean;
  onChange(text: string): void;
}

/** A section's Markdown, byte for byte as it is stored. */
export function MarkdownEditor(props: MarkdownEditorProps): ReactElement {
  const { handle, label, citable, text, hint, readOnly, onChange } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const offered = useRef(citable);
  offered.current = citable;
  useImperativeHandle(handle, () => ({
    cite() {
      const editor = view.current;
      if (editor === null) return;
      const { from, to } = editor.state.selection.main;
      editor.dispatch({ changes: { from, to, insert: '{{' }, selection: { anchor: from + 2 } });
      editor.focus();
      startCompletion(editor);
    },
  }));
  useEffect(() => {
    if (place.current === null) return undefined;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          history(),
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
          markdown(),
          autocompletion({ override: [citeSource(() => offered.current)], icons: false }),
          syntaxHighlighting(highlight),
          EditorView.lineWrapping,
          drawSelection(),
          placeholder(hint),
          look,
          EditorView.cspNonce.of(styleNonce()),
          EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': String(readOnly) }),
          EditorState.readOnly.of(readOnly),
          EditorView.updateListener.of((update) => update.docChanged && changed.current(update.state.doc.toString())),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [label, hint, readOnly]);
  useEffect(() => {
    const editor = view.current;
    if (editor !== null && editor.state.doc.toString() !== text)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  return <div ref={place} className="markdown-editor" />;
}
