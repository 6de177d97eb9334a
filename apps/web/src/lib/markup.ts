export { markup, type Span } from '@wijk/domain/kernel';
