import '../identity/tables.ts';
