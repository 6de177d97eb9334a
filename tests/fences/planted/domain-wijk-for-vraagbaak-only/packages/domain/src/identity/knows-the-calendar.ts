import '../wijk/index.ts';
