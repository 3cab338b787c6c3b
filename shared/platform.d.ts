/** The few globals that Node, browsers and workers all have, so that `shared` needs neither's type library. */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
interface ImportMeta {
  readonly url: string;
}
declare class URL {
  constructor(path: string, base?: string | URL);
  readonly href: string;
  readonly pathname: string;
}
