import { z } from 'zod';

const environment = z.object({
  WIJK_MODE: z.enum(['demonstration', 'production']).default('production'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** every origin that browsers may use, comma separated; the first one goes into mails */
  ORIGIN: z.string().optional(),
  /** application role; without it the embedded database is started */
  DATABASE_URL: z.string().optional(),
  /** role that owns the tables and migrates; DATABASE_URL when left out */
  DATABASE_OWNER_URL: z.string().optional(),
  WIJK_DATA_DIR: z.string().optional(),
  /** at least 32 characters; made and kept in the data folder when left out */
  WIJK_SECRET: z.string().min(32).optional(),
  /** smtp:// or smtps://; in demonstration mode the built-in mailbox when left out */
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default('wijk@localhost'),
  /** address that people may mail to unsubscribe; a person reads it, see docs/operations.md */
  MAIL_UNSUBSCRIBE: z.union([z.email(), z.literal('')]).optional(),
  /** the wijk shown on a host name that no wijk has claimed */
  DEFAULT_WIJK: z.string().optional(),
  /** addresses of the proxy in front, comma separated; nothing is trusted when left out */
  TRUST_PROXY: z.string().optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  /** `api`, `worker` or both in one process */
  WIJK_PROCESS: z.enum(['all', 'api', 'worker']).default('all'),
  /** request limits of a real site, also in demonstration mode */
  STRICT_LIMITS: z.enum(['yes', 'no']).optional(),
  /** who runs the installation, for the privacy statement and the like */
  FOUNDATION_NAME: z.string().max(200).optional(),
  FOUNDATION_ADDRESS: z.string().max(300).optional(),
  FOUNDATION_EMAIL: z.string().max(254).optional(),
  /** `meilisearch` needs MEILI_URL and MEILI_KEY; pages fall back to the database when it is away */
  SEARCH_ENGINE: z.enum(['postgres', 'meilisearch']).default('postgres'),
  MEILI_URL: z.url({ protocol: /^https?$/ }).optional(),
  MEILI_KEY: z.string().optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(10),
});

export interface Config {
  mode: 'demonstration' | 'production';
  host: string;
  port: number;
  origins: readonly string[];
  databaseUrl: string | undefined;
  ownerUrl: string | undefined;
  dataDir: string | undefined;
  secret: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  mailUnsubscribe: string | undefined;
  defaultWijk: string | undefined;
  trustProxy: string[] | false;
  logLevel: string;
  process: 'all' | 'api' | 'worker';
  poolSize: number;
  strictLimits: boolean;
  /** null: the search on the database */
  meilisearch: { url: string; key: string } | null;
  /** null: nobody filled it in */
  foundation: { name: string | null; address: string | null; email: string | null };
}

export class ConfigError extends Error {}

/**
 * Reads the environment into one typed object.
 * @throws ConfigError with one sentence that names every variable at fault
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
    throw new ConfigError(`The environment is not right: ${faults}.`);
  }
  const e = parsed.data;
  const origins = list(e.ORIGIN).map(exactOrigin);
  if (e.WIJK_MODE === 'production' && origins.length === 0)
    throw new ConfigError(
      'ORIGIN is missing: name the address that people type, for example https://wijk.example.nl.',
    );
  return {
    mode: e.WIJK_MODE,
    host: e.HOST,
    port: e.PORT,
    origins: origins.length > 0 ? origins : localOrigins(e.PORT),
    databaseUrl: e.DATABASE_URL,
    ownerUrl: e.DATABASE_OWNER_URL ?? e.DATABASE_URL,
    dataDir: e.WIJK_DATA_DIR,
    secret: e.WIJK_SECRET,
    smtpUrl: e.SMTP_URL,
    mailFrom: e.MAIL_FROM,
    mailUnsubscribe: e.MAIL_UNSUBSCRIBE || undefined,
    defaultWijk: e.DEFAULT_WIJK,
    trustProxy: e.TRUST_PROXY ? list(e.TRUST_PROXY) : false,
    logLevel: e.LOG_LEVEL,
    process: e.WIJK_PROCESS,
    poolSize: e.DATABASE_POOL,
    foundation: {
      name: e.FOUNDATION_NAME ?? null,
      address: e.FOUNDATION_ADDRESS ?? null,
      email: e.FOUNDATION_EMAIL ?? null,
    },
    meilisearch: meilisearchOf(e),
    strictLimits: e.STRICT_LIMITS ? e.STRICT_LIMITS === 'yes' : e.WIJK_MODE === 'production',
  };
}

/** Also for the command line, which reads no more of the environment than this. */
export function meilisearchOf(env: {
  SEARCH_ENGINE?: string | undefined;
  MEILI_URL?: string | undefined;
  MEILI_KEY?: string | undefined;
}): Config['meilisearch'] {
  if (env.SEARCH_ENGINE !== 'meilisearch') return null;
  if (!env.MEILI_URL || !env.MEILI_KEY)
    throw new ConfigError('SEARCH_ENGINE is meilisearch: MEILI_URL and MEILI_KEY are missing.');
  return { url: env.MEILI_URL, key: env.MEILI_KEY };
}

/** The origins of a machine that serves itself. */
export function localOrigins(port: number): string[] {
  return [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
}

const list = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean);

function exactOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text)
    throw new ConfigError(
      `ORIGIN has "${text}", which is not an origin such as https://wijk.example.nl.`,
    );
  return text;
}
