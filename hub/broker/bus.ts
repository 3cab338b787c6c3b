/** How the hub's parts publish. The embedded broker implements it; another could by URL. */
export interface Bus {
  /** State: replaced, never queued; a receiver that is slow gets a newer one instead. */
  publishState(topic: string, payload: Uint8Array): void;
  /** Events and retained pages: QoS 1. */
  publish(topic: string, payload: string, options?: { readonly retain?: boolean }): void;
}
