import '../modules/vraagbaak/access.ts';
