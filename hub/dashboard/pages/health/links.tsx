/** Every link with what was lost on it. */
import type { VNode } from 'preact';
import type { LinkInfo } from '../../live/model.ts';
import { texts as common } from '../../texts/common.ts';
import { texts } from '../../texts/health.ts';

export function Links({ links }: { readonly links: readonly LinkInfo[] }): VNode {
  return (
    <section class="sheet links">
      <h3>{texts.links}</h3>
      {links.length === 0 ? (
        <p class="soft">{texts.noLinks}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a table that scrolls is reached by keyboard
        <div class="scrolls" tabIndex={0} role="group" aria-label={texts.links}>
          <table>
            <thead>
              <tr>
                <th scope="col">{texts.device}</th>
                <th scope="col">{texts.link}</th>
                {[
                  texts.roundTrip,
                  texts.inputs,
                  texts.lost,
                  texts.missed,
                  texts.lostOnDevice,
                  texts.refusedMessages,
                ].map((head) => (
                  <th key={head} scope="col" class="number">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {links.map((link) => (
                <tr key={link.device}>
                  <th scope="row">{link.name === '' ? link.device : link.name}</th>
                  <td>{common.links[link.link] ?? link.link}</td>
                  <td class="number">{link.roundTripMs === null ? '–' : common.roundTrip(link.roundTripMs)}</td>
                  <td class="number">{link.inputsPerSecond}</td>
                  <td class="number">{link.lost}</td>
                  <td class="number">{link.missed}</td>
                  <td class="number">{link.lostOnDevice}</td>
                  <td class="number">{link.refused}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
