/** Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999): no zero inside a frame, so a zero can end it. */

/** Encodes without the delimiter; at most one byte longer for each 254. */
export function cobsEncode(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 1 + Math.floor(data.length / 254));
  let codeAt = 0;
  let at = 1;
  for (let index = 0; index < data.length; index++) {
    const byte = data[index] as number;
    if (byte !== 0) out[at++] = byte;
    const run = at - codeAt;
    if (byte === 0 || (run === 0xff && index + 1 < data.length)) {
      out[codeAt] = run;
      codeAt = at++;
    }
  }
  out[codeAt] = at - codeAt;
  return out.subarray(0, at);
}

/** Decodes `length` bytes of `buffer` in place. @returns the decoded length, or -1 if they are not COBS */
export function cobsDecodeInPlace(buffer: Uint8Array, length: number): number {
  let read = 0;
  let write = 0;
  while (read < length) {
    const code = buffer[read++] as number;
    const end = read + code - 1;
    if (code === 0 || end > length) return -1;
    while (read < end) {
      const byte = buffer[read++] as number;
      if (byte === 0) return -1;
      buffer[write++] = byte;
    }
    if (code !== 0xff && read < length) buffer[write++] = 0;
  }
  return write;
}
