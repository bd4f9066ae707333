// The import arrows as a lint rule, so that the editor shows what the architecture test would say.
import { relative, sep } from 'node:path';
import { importFault } from './arrows.ts';

interface Node {
  readonly source?: { readonly value?: unknown } | null;
}

interface RuleContext {
  readonly filename: string;
  report(problem: { node: Node; message: string }): void;
}

const root = new URL('../..', import.meta.url).pathname;

const arrows = {
  create(context: RuleContext) {
    const file = relative(root, context.filename).split(sep).join('/');
    const check = (node: Node): void => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const fault = importFault(file, specifier);
      if (fault !== null) context.report({ node, message: `${fault}. The table is in test/architecture/arrows.ts.` });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

export default { meta: { name: 'arrows' }, rules: { arrows } };
