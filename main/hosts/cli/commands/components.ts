import type { Command } from 'commander';
import { stages } from '#shared/contract/component.ts';
import type { ComponentSpec } from '#shared/contract/component.ts';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Param } from '#shared/contract/params.ts';
import { stageTitles } from '#shared/documents/stages.ts';
import { inSession, withCommonOptions } from '../session.ts';
import type { CommonOptions } from '../session.ts';
import { colour } from '../text.ts';

export function addComponents(program: Command): void {
  const command = program
    .command('components')
    .description('list the catalogue: ports, parameters, defaults and ranges')
    .argument('[id]', 'only this component')
    .addHelpText('after', '\nExample: runboard components ease');
  withCommonOptions(command).action(async (id: string | undefined, options: CommonOptions) => {
    await inSession(options, async ({ client, answer }) => {
      const all = await client.call('catalogue.list');
      const chosen = id === undefined ? all : [oneOf(all, id)];
      answer(chosen, () => catalogueText(chosen));
    });
  });
}

function oneOf(all: readonly ComponentSpec[], id: string): ComponentSpec {
  const found = all.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new RunboardError('not-found', `there is no component ${JSON.stringify(id)}`, {
    remedy: 'see `runboard components`',
  });
}

function catalogueText(all: readonly ComponentSpec[]): string {
  let text = '';
  for (const stage of stages) {
    const here = all.filter((one) => one.stage === stage);
    if (here.length > 0) text += `\n${colour('bold', stageTitles[stage])}\n${here.map(componentText).join('')}`;
  }
  return text.trimStart();
}

function componentText(spec: ComponentSpec): string {
  const inputs = Object.entries(spec.inputs).map(
    ([name, port]) =>
      `${name}: ${port.types.join(' or ')}${port.many === true ? ' …' : ''}${port.optional === true ? ' (may be left out)' : ''}`,
  );
  const outputs = Object.entries(spec.outputs).map(([name, port]) =>
    name === port.type ? name : `${name}: ${port.type}`,
  );
  const lines = [
    `  ${colour('cyan', spec.id)}  ${spec.title}. ${spec.summary}`,
    `      ${inputs.join(', ') || 'nothing'} → ${outputs.join(', ')}`,
  ];
  for (const [name, param] of Object.entries(spec.params))
    lines.push(`      ${colour('bold', name)} ${shownDefault(param)} ${colour('gray', rangeOf(param))} ${param.help}`);
  return `${lines.join('\n')}\n`;
}

function shownDefault(param: Param): string {
  if (Array.isArray(param.default)) return param.default.length === 0 ? '(none)' : param.default.join(',');
  return param.default === '' ? '(empty)' : String(param.default);
}

function rangeOf(param: Param): string {
  switch (param.kind) {
    case 'number':
    case 'numbers':
      return `${param.minimum} to ${param.maximum}${param.kind === 'number' && param.unit !== undefined ? ` ${param.unit}` : ''}`;
    case 'choice':
      return param.choices.join('|');
    case 'flag':
      return 'true|false';
    case 'text':
      return 'text';
    case 'texts':
      return param.choices === undefined ? 'words' : param.choices.join(',');
  }
}
