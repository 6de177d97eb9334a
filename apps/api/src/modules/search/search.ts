import type { EngineState, SearchPort, ThemeProposal } from '@wijk/search';

/** Search as the house uses it: an engine behind the port, and a proposal of the theme. */
export interface Search extends SearchPort {
  /** what somebody's question seems to be about; null when nothing says so */
  proposeTheme(wijkId: string, text: string): Promise<ThemeProposal | null>;
  /** of an engine outside of the database; absent where there is none */
  state?(): EngineState;
}
