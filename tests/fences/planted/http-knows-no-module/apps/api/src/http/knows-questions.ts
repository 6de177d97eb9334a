import '../modules/vraagbaak/index.ts';
