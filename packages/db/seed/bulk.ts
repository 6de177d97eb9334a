import { slugify } from '@wijk/domain/vraagbaak';
import pg from 'pg';
import { BULK_PEOPLE, BULK_QUESTIONS, BULK_TABLES } from './bulk-sql.ts';
import { readQuestions } from './content.ts';
import { isOffTopic } from './plan.ts';

export interface BulkOptions {
  /** of a wijk that is there, with a policy that counts elapsed time */
  wijkSlug: string;
  questions: number;
  /** answers of each closed question; the first is an expert's (default 3) */
  answersEach?: number;
  /** how many of the questions are still open, asked within the last 20 hours (default 0) */
  open?: number;
  /** another number gives other questions; the same one cannot be used twice in a database */
  seed?: number;
  now: Date;
}

const PLACES = [
  'Molenwal',
  'Elzenhof',
  'Spoorzoom',
  'Tuinmeent',
  'Oude Veiling',
  'Zwaluwkwartier',
  'Vlierstraat',
  'Merelstraat',
  'Kastanjelaan',
  'Lindestraat',
  'Iepenplein',
  'Wilgenpad',
];

const TOUCHED = `identity.person, identity.membership, identity.role_grant, identity.expertise,
  sealed.question_author, vraagbaak.question, vraagbaak.answer, vraagbaak.promise,
  vraagbaak.promise_step, vraagbaak.promise_event, vraagbaak.desk_entry`;

/**
 * Fills a wijk for a benchmark: questions of about a year with their answers, promises, people and
 * sealed authors, made by the database itself from the sentences of the content. One transaction,
 * then VACUUM ANALYZE. Where the owner may (a superuser), checks of foreign keys are skipped; the
 * rows keep to them all the same.
 */
export async function seedBulk(ownerUrl: string, options: BulkOptions): Promise<void> {
  const { questions, answersEach = 3, open = 0, seed = 1, now } = options;
  if (open > questions) throw new RangeError('more open questions than questions');
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'wijk bulk seed',
    options: '-c timezone=UTC -c synchronous_commit=off',
  });
  await client.connect();
  try {
    await client.query('begin');
    await skipForeignKeys(client);
    await client.query(BULK_TABLES);
    await fillWords(client, options.wijkSlug);
    await client.query('insert into bulk_given values ($1, $2, $3, $4, $5, $6)', [
      options.wijkSlug,
      seed,
      questions,
      open,
      answersEach,
      now,
    ]);
    for (const statement of [...BULK_PEOPLE, ...BULK_QUESTIONS]) await client.query(statement);
    await client.query('commit');
    await client.query(`vacuum (analyze) ${TOUCHED}`);
  } finally {
    await client.end();
  }
}

async function skipForeignKeys(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>(
    'select rolsuper as may from pg_roles where rolname = current_user',
  );
  if (rows[0]?.may) await client.query('set local session_replication_role = replica');
}

async function fillWords(client: pg.Client, wijkSlug: string): Promise<void> {
  const { rows } = await client.query<{ slug: string }>(
    `select t.slug from wijk.theme t join wijk.wijk w on w.id = t.wijk_id
     where w.slug = $1 order by t.position`,
    [wijkSlug],
  );
  const themes = rows.map(({ slug }) => slug);
  const content = readQuestions().filter((question) => !isOffTopic(question));
  const asked = content.flatMap(({ title, body, theme }, i) =>
    PLACES.map((place) => ({
      title: `${title} (${place})`,
      slug: slugify(`${title} ${place}`),
      body,
      theme: themes.includes(theme) ? theme : (themes[i % themes.length] ?? theme),
    })),
  );
  const answers = content.flatMap((question) => question.answers.map(({ body }) => ({ body })));
  await client.query(
    `insert into bulk_asked select row_number() over () - 1, *
     from jsonb_to_recordset($1::jsonb) as t (title text, slug text, body text, theme text)`,
    [JSON.stringify(asked)],
  );
  await client.query(
    `insert into bulk_said select row_number() over () - 1, body
     from jsonb_to_recordset($1::jsonb) as t (body text)`,
    [JSON.stringify(answers)],
  );
}
