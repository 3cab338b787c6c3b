/** The generated pages of the documentation, by path. */
import { pinsHeader } from '../hardware/boards/pins-h.ts';
import { uno } from '../hardware/boards/uno.ts';
import { asyncApi } from './pages/asyncapi.ts';
import { boardsPage, wiringPictures } from './pages/boards-page.ts';
import { configurationPage } from './pages/configuration-page.ts';
import { conformancePage } from './pages/conformance-page.ts';
import { contractCddl } from './pages/contract-cddl.ts';
import { contractPage } from './pages/contract-page.ts';
import { doctorPage } from './pages/doctor-page.ts';
import { errorsPage } from './pages/errors-page.ts';
import { openApi } from './pages/openapi.ts';

export const pages = (): Readonly<Record<string, string>> => ({
  'docs/contract.md': contractPage(),
  'docs/contract.cddl': contractCddl(),
  'docs/asyncapi.json': asyncApi(),
  'docs/openapi.json': openApi(),
  'docs/conformance.md': conformancePage(),
  'docs/errors.md': errorsPage(),
  'docs/configuration.md': configurationPage(),
  'docs/boards.md': boardsPage(),
  'docs/doctor.md': doctorPage(),
  ...wiringPictures(),
  'device/firmware/uno/pins.h': pinsHeader(uno),
});

/** Said at the top of each. */
