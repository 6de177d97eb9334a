import '../identity/store.ts';
