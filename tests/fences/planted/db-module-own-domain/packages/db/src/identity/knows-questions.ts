export type { Visibility } from '@wijk/domain/vraagbaak';
