export * from './finding.ts';
export * from './seal.ts';
export * from './transfer.ts';
