interface Question {
  title: string;
  body: string;
  theme: string;
  visibility: string;
  health: string;
}

/**
 * What stands in the fields of a question, also when it was filled in before the scripts had come.
 * @param id of the form
 * @param question as the page knows it; what was not chosen stays as it is there
 */
export function typedSoFar(id: string, question: Question): Question {
  const fields = new FormData(document.getElementById(id) as HTMLFormElement);
  const of = (name: string) => String(fields.get(name) ?? '');
  return {
    title: of('title'),
    body: of('body'),
    health: of('health'),
    theme: of('theme') || question.theme,
    visibility: of('visibility') || question.visibility,
  };
}
