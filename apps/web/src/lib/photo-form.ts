/** A photo that was uploaded and waits in the form for its question. */
export interface KeptPhoto {
  id: string;
  claim: string;
  alt: string;
  /** a data URL: its own address would be with its secret in histories and logs */
  preview: string;
}

/** One in the list of the form: on its way, or there. */
export interface ChosenPhoto extends KeptPhoto {
  state: 'preparing' | 'sending' | 'ready';
  percent: number;
}

export const ready = (photo: KeptPhoto): ChosenPhoto => ({
  ...photo,
  state: 'ready',
  percent: 100,
});
