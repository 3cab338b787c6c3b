/** How to join: a code to scan, the address to type, and the PIN, as far as this page may know it. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { HubInfo, JoinInfo } from '../../../../shared/contract/api.ts';
import { ApiError, call } from '../../live/api.ts';
import { useDoing } from '../../live/doing.ts';
import { lead } from '../../live/lead.ts';
import type { Live } from '../../live/live.ts';
import { atTheHub, mayLead, password } from '../../live/teacher.ts';
import { DotText } from '../../parts/dot-text.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { PATHS } from '../../paths.ts';
import { texts } from '../../texts/projector.ts';

interface Known {
  readonly hub: HubInfo | null;
  readonly join: JoinInfo | null;
}

/** @param room that the code leads to; null: whoever joins chooses */
export function JoinPanel({ live, room }: { readonly live: Live; readonly room: string | null }): VNode {
  const { hub, join } = useKnown(live);
  const address = join?.addresses[0] ?? location.origin;
  const reachable = join === null ? !atTheHub() : !isLoopback(address);
  const link = joinLink(address, join?.pin ?? null, room);
  return (
    <section class="join" aria-label={texts.joinHeading}>
      <h2>{texts.joinHeading}</h2>
      {reachable && <QrCode text={link} label={texts.joinCode(shortAddress(address))} />}
      <Pin needed={hub?.needsPin === true || (join?.pin ?? null) !== null} pin={join?.pin ?? null} />
      <p class="address">
        {reachable ? texts.joinAt : texts.noNetwork}{' '}
        <b>
          {shortAddress(address)}
          {/* A long address breaks where it can be read on. */}
          <wbr />
          {PATHS.play}
        </b>
      </p>
    </section>
  );
}

function Pin({ needed, pin }: { readonly needed: boolean; readonly pin: string | null }): VNode | null {
  const doing = useDoing();
  if (!needed) return <p class="pin soft">{texts.noPin}</p>;
  if (pin !== null) {
    return (
      <p class="pin">
        <span>{texts.pin}</span> <DotText text={pin} />
      </p>
    );
  }
  return (
    <div class="pin soft">
      {texts.pinHidden}{' '}
      <button type="button" onClick={() => void doing.run(() => lead('GET /api/join', {}))}>
        {texts.showPin}
      </button>
      <Trouble of={doing.trouble} />
    </div>
  );
}

/** Asked for anew when the hub was away, and when the teacher has signed in: the PIN is another after a restart. */
function useKnown(live: Live): Known {
  const [known, setKnown] = useState<Known>({ hub: null, join: null });
  const up = live.connection.value === 'up';
  const led = password.value;
  useEffect(() => {
    if (!up) return;
    let gone = false;
    const answers = Promise.all([call('GET /api/hub', {}), mayLead() ? call('GET /api/join', {}) : null]);
    answers.then(
      ([hub, join]) => !gone && setKnown({ hub, join }),
      (error: unknown) => {
        // Without an answer the address of this page is still one.
        if (!(error instanceof ApiError)) throw error;
      },
    );
    return () => {
      gone = true;
    };
  }, [up, led]);
  return known;
}

function QrCode({ text, label }: { readonly text: string; readonly label: string }): VNode | null {
  const [path, setPath] = useState<{ readonly d: string; readonly size: number } | null>(null);
  useEffect(() => {
    let gone = false;
    // Not before the court is drawn, and the page does without it where it cannot be loaded.
    import('uqr').then(
      ({ encode }) => {
        const { data, size } = encode(text, { ecc: 'M', border: 2 });
        const squares = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
        if (!gone) setPath({ d: squares.join(''), size });
      },
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [text]);
  if (path === null) return <span class="qr" />;
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${path.size} ${path.size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={path.d} />
    </svg>
  );
}

export function joinLink(address: string, pin: string | null, room: string | null): string {
  const query = new URLSearchParams();
  if (pin !== null) query.set('pin', pin);
  if (room !== null) query.set('room', room);
  const asked = query.toString();
  return `${address}${PATHS.play}${asked === '' ? '' : `?${asked}`}`;
}

/** As somebody types it. */
const shortAddress = (address: string): string => address.replace(/^http:\/\//, '');

const isLoopback = (address: string): boolean => URL.canParse(address) && atTheHub(new URL(address));
