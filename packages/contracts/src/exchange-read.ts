import type { core } from 'zod';
import {
  EXCHANGE_LINE_MAX,
  type ExchangeAnswer,
  type ExchangeLine,
  type ExchangeQuestion,
  exchangeLine,
  type ImportReport,
} from './exchange.ts';

type Refused = Omit<ImportReport['refused'][number], 'line'>;
/** What became of a line; a refusal of its own where only the wijk can tell. */
export type Written = 'added' | 'known' | Refused;

/** Puts lines into a wijk. On a dry run it says what would happen and does nothing. */
export interface ImportWriter {
  question(line: ExchangeQuestion): Promise<Written>;
  answer(line: ExchangeAnswer): Promise<Written>;
}

/** The report names so many refused lines at most; all of them are counted. */
export const REFUSED_SHOWN = 200;

const whole = (code: string, params: Refused['params'] = {}): Refused => ({
  field: '',
  code,
  params,
});

/** One line of a file, or what is wrong with it: every field at fault. */
export function readLine(text: string): { line: ExchangeLine } | { faults: Refused[] } {
  if (text.length > EXCHANGE_LINE_MAX)
    return { faults: [whole('too-long', { max: EXCHANGE_LINE_MAX })] };
  if (text.includes('\uFFFD')) return { faults: [whole('not-utf8')] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { faults: [whole('not-json')] };
  }
  const parsed = exchangeLine.safeParse(value, { reportInput: true });
  return parsed.success
    ? { line: parsed.data }
    : { faults: parsed.error.issues.slice(0, 5).map(faultOf) };
}

function faultOf(issue: core.$ZodIssue): Refused {
  const field = issue.path.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return { field: (issue.keys[0] ?? '').slice(0, 60), code: 'unknown-field', params: {} };
    case 'too_small':
      return Number(issue.minimum) <= 1
        ? { field, code: 'required', params: {} }
        : { field, code: 'too-short', params: { min: Number(issue.minimum) } };
    case 'too_big':
      return { field, code: 'too-long', params: { max: Number(issue.maximum) } };
    case 'invalid_type':
      return { field, code: issue.input === undefined ? 'required' : 'invalid', params: {} };
    case 'invalid_value':
      return {
        field,
        code: issue.input === undefined ? 'required' : 'invalid-choice',
        params: {},
      };
    case 'invalid_union':
      return { field: field || 'type', code: 'invalid-choice', params: {} };
    case 'invalid_format':
      return { field, code: 'not-a-moment', params: {} };
    case 'custom':
      return { field, code: 'control-characters', params: {} };
    default:
      return { field, code: 'invalid', params: {} };
  }
}

/**
 * Reads a file line by line and writes each line by itself: what is refused is reported and nothing of
 * it is done, what was there is left, and a run that stopped half-way is simply started again. A file
 * that does not begin with the right header is not read at all.
 */
export async function runImport(
  lines: AsyncIterable<string> | Iterable<string>,
  writer: ImportWriter,
  dryRun: boolean,
): Promise<ImportReport> {
  const report: ImportReport = {
    dryRun,
    lines: 0,
    questions: 0,
    answers: 0,
    known: 0,
    refusedCount: 0,
    refused: [],
    stopped: false,
  };
  const refuse = (...faults: Refused[]) => {
    report.refusedCount += 1;
    for (const fault of faults)
      if (report.refused.length < REFUSED_SHOWN)
        report.refused.push({ line: report.lines, ...fault });
  };
  let begun = false;
  for await (const text of lines) {
    report.lines += 1;
    if (text.trim() === '') continue;
    const read = readLine(text);
    if (!begun) {
      begun = 'line' in read && read.line.type === 'header';
      if (begun) continue;
      refuse(whole('no-header'));
      return { ...report, stopped: true };
    }
    if ('faults' in read) refuse(...read.faults);
    else if (read.line.type === 'header') refuse(whole('second-header'));
    else {
      const { line } = read;
      const written =
        line.type === 'question' ? await writer.question(line) : await writer.answer(line);
      if (written === 'known') report.known += 1;
      else if (written !== 'added') refuse(written);
      else if (line.type === 'question') report.questions += 1;
      else report.answers += 1;
    }
  }
  if (!begun) {
    refuse(whole('no-header'));
    report.stopped = true;
  }
  return report;
}

/**
 * The lines of a file of bytes: with or without a byte order mark, ended by LF or CRLF. What is no
 * UTF-8 comes out as U+FFFD, which `readLine` refuses. Of a line that is too long only its beginning is
 * kept, so that a file of one endless line takes no more memory than another.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  const end = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      yield end(joined(rest, part));
      rest = '';
    }
    rest = joined(rest, last);
  }
  rest = joined(rest, decoder.decode());
  if (rest !== '') yield end(rest);
}

/** One sign more than is allowed tells that it is too long; the rest is not kept. */
const joined = (rest: string, part: string) =>
  rest.length > EXCHANGE_LINE_MAX ? rest : (rest + part).slice(0, EXCHANGE_LINE_MAX + 1);
