export type { Problem } from '@wijk/contracts';
