export { EXPORT_PAGE, exportLines, headerLine } from './export.ts';
export { importWriter } from './import.ts';
