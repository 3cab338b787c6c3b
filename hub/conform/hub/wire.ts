/** How the kit reaches a hub under test: as MQTT clients, as many as it likes. */

export interface Visit {
  /** Client id. */
  readonly id: string;
  /** By which the transcript knows it: two clients may have one id. */
  readonly label: string;
  /** 30 when left out. */
  readonly keepaliveS?: number;
  readonly will?: { readonly topic: string; readonly payload: string };
}

export type HubEvent =
  | { readonly kind: 'came'; readonly topic: string; readonly bytes: Uint8Array; readonly retain: boolean }
  | { readonly kind: 'closed' };

export interface HubClient {
  publish(topic: string, bytes: Uint8Array): void;
  /** @returns whether the hub granted it */
  subscribe(filter: string): Promise<boolean>;
  /** Says goodbye. */
  end(): Promise<void>;
  /** Ends the connection without a word. */
  cut(): void;
}

export interface HubWire {
  /** @returns the client, or why the hub does not let it in */
  connect(visit: Visit, tell: (event: HubEvent) => void): Promise<HubClient | string>;
  close(): Promise<void>;
}

/** What the transcript of a hub holds; `who` is the label of a client. */
export type HubEntry = { readonly who: string } & (
  | HubEvent
  | { readonly kind: 'sent'; readonly bytes: Uint8Array }
  | { readonly kind: 'entered' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'granted' | 'denied'; readonly filter: string }
);
