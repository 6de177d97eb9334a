import '../vraagbaak/question.ts';
