/** What is wrong with one answer, in the reader's language. Made from a verb's problems in `app`. */
export interface Wrong {
  /** The `id` of the input it is about. */
  readonly at: string;
  /** The whole sentence, for beside the field. */
  readonly text: string;
  /** The same without its advice, for the summary. */
  readonly short: string;
  /** "Error: ", read before the sentence by those who do not see its colour. */
  readonly before: string;
}

/** What is wrong with this input, if anything is. */
export const wrongAt = (wrongs: readonly Wrong[], at: string): Wrong | undefined => wrongs.find((one) => one.at === at);
