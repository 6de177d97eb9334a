export { ArchiveWriter, checkSeal, type Member, membersOf } from './archive.ts';
export { BackupError } from './backup-error.ts';
export { asOwner, readTables, type Table } from './catalogue.ts';
export { keepNewest, nameOf } from './folder.ts';
export { type Loaded, loadBackup } from './load.ts';
export { type Manifest, readManifest } from './manifest.ts';
export { type Saved, saveBackup } from './save.ts';
export { readRows, type Sum, withSession } from './session.ts';
