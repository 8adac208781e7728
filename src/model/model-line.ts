/** What came back over the line, or why nothing did: a few words for a log, never of the server's. */
export type LineReply =
  | {
      readonly status: number;
      readonly text: string;
      /** How long the server asks us to wait; null when it does not say. */
      readonly retryAfterSeconds: number | null;
    }
  | { readonly problem: string };

/** The way to the model's server, handed in by who may open connections: it knows address and key, leads nowhere else, and never throws for what a server does. */
export interface ModelLine {
  /** Posts JSON to a call below the base address; ends when the signal says so, and after `maxBytes` of an answer. */
  post(
    call: ModelCall,
    body: string,
    limits: { readonly signal: AbortSignal; readonly maxBytes: number },
  ): Promise<LineReply>;
}

export type ModelCall = 'chat/completions' | 'embeddings';
