/** All that is asserted of a device, in the order of the report. */
import type { Assertion } from '../assertion.ts';
import { GREETING } from './greeting-assertions.ts';
import { SURVIVAL } from './link-assertions.ts';
import { PLAY } from './play-assertions.ts';
import { RECORDS } from './record-assertions.ts';
import type { DeviceTranscript } from './step.ts';

export const DEVICE_ASSERTIONS: readonly Assertion<DeviceTranscript>[] = [
  ...GREETING,
  ...PLAY,
  ...RECORDS,
  ...SURVIVAL,
];
