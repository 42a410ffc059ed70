import { InputError, parseUniqueJson } from '@wicker/core';
import type { Command } from 'commander';
import { explanationText } from '../explain/text.ts';
import { TOPICS } from '../explain/topics.ts';
import { inContext, nameOf, readText } from '../input.ts';
import { printJson, printLine } from '../output.ts';

type Options = { json?: boolean };

export function register(program: Command): void {
  const names = Object.keys(TOPICS);
  program
    .command('explain')
    .description('work an example of a rule out: every step with its formula')
    .argument('<topic>', `one of ${names.join(', ')}`)
    .argument('<file>', 'JSON; data/examples has one for each topic; - is standard input')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `\n${Object.entries(TOPICS)
        .map(([name, { summary, section }]) => `  ${name.padEnd(8)} ${summary} (docs/rules.md ${section})`)
        .join('\n')}\n\nExample:\n  wicker explain bands data/examples/bands.json\n`,
    )
    .action(explain);
}

function explain(name: string, path: string, { json }: Options): void {
  const topic = Object.hasOwn(TOPICS, name) ? TOPICS[name] : undefined;
  if (topic === undefined) {
    throw new InputError(
      'UNKNOWN_TOPIC',
      `there is no topic '${name}'`,
      `Choose one of ${Object.keys(TOPICS).join(', ')}.`,
    );
  }
  const text = readText(path);
  const explanation = inContext(nameOf(path), () => topic.explain(parseUniqueJson(text)));
  if (json) printJson({ topic: name, section: topic.section, ...explanation });
  else printLine(explanationText(explanation, topic.section));
}
