import { expect, test } from 'vitest';
import { headerName, htmlOf, textOf } from './message.ts';

const LETTER = {
  subject: 'Er is <een> antwoord',
  greeting: 'Dag O\'Brien & "zoon" <b>,',
  paragraphs: ['Eerst dit.', 'Dan dat.'],
  code: '012345',
  action: { label: 'Lees het', url: 'http://localhost/vragen/a?b=1&c="2"' },
  closing: 'Met vriendelijke groet,\nde redactie',
  footer: 'Automatisch.',
};

test('text has everything in order', () => {
  expect(textOf(LETTER)).toBe(
    [
      'Dag O\'Brien & "zoon" <b>,',
      'Eerst dit.',
      '012345',
      'Dan dat.',
      'Lees het:\nhttp://localhost/vragen/a?b=1&c="2"',
      'Met vriendelijke groet,\nde redactie',
      '-- \nAutomatisch.\n',
    ].join('\n\n'),
  );
});

test('HTML shows text as text', () => {
  const html = htmlOf(LETTER, 'nl');
  expect(html).toContain('Dag O&#39;Brien &amp; &quot;zoon&quot; &lt;b&gt;,');
  expect(html).toContain('href="http://localhost/vragen/a?b=1&amp;c=&quot;2&quot;"');
  expect(html).toContain('<title>Er is &lt;een&gt; antwoord</title>');
  expect(html).toContain('groet,<br>de redactie');
});

test('a name in a header is a name and nothing else', () => {
  expect(headerName('Els\r\nBcc: x@y.example')).toBe('Els Bcc x y.example');
  expect(headerName('"Els" <els@y.example>, Bo;')).toBe('Els els y.example Bo');
  expect(headerName('\u202eslE')).toBe('slE');
  expect(headerName('x'.repeat(500))).toHaveLength(80);
});
