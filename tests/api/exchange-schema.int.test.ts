import { exchangeLine } from '@wijk/contracts';
import { it } from 'vitest';
import { z } from 'zod';
import { expectCommitted } from './snapshot.ts';

it('the description of a line is that of the code that reads it', () => {
  const schema = z.toJSONSchema(exchangeLine, { io: 'input' });
  const described = { title: 'A line of a file of questions and answers', ...schema };
  expectCommitted('docs/exchange.schema.json', `${JSON.stringify(described, null, 2)}\n`);
});
