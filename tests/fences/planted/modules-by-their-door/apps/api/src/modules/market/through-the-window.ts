import '../vraagbaak/access.ts';
