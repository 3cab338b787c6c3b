/** The one connection to the hub: MQTT over a WebSocket of the host that served the page. It comes back by itself. */
import mqtt from 'mqtt';
import { ROOT, topics } from '../../../shared/contract/topics.ts';
import type { Live } from './live.ts';

const RECONNECT_MS = 1000;
const CONNECT_TIMEOUT_MS = 5000;
const KEEPALIVE_S = 10;
/** Retained messages come right after the subscription; what has not come by then is gone. */
const HEARING_MS = 2000;

const PLAY = topics.state('+');
const SUBSCRIPTIONS = {
  [topics.events('+')]: { qos: 1 },
  [topics.scoreboard('+')]: { qos: 1 },
  [topics.presence('+')]: { qos: 1 },
  [`${ROOT}/hub/health`]: { qos: 1 },
} as const;

/** Connects and keeps feeding `live` until the page goes away. */
export function connectToHub(page: Location, live: Live): void {
  const scheme = page.protocol === 'https:' ? 'wss' : 'ws';
  const client = mqtt.connect(`${scheme}://${page.host}/mqtt`, {
    clientId: `browser-${randomText()}`,
    clean: true,
    protocolVersion: 4,
    keepalive: KEEPALIVE_S,
    reconnectPeriod: RECONNECT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // The other kind runs in a worker made of a blob, which the content security policy refuses.
    timerVariant: 'native',
    // Made anew on each connection, below: the hub may have restarted.
    resubscribe: false,
  });
  const watchPlay = (watches: boolean): void => {
    if (!client.connected) return;
    if (watches) client.subscribe(PLAY, { qos: 0 });
    else client.unsubscribe(PLAY);
  };
  live.watchesPlay.subscribe(watchPlay);
  let forgetting: ReturnType<typeof setTimeout> | undefined;
  client.on('connect', () => {
    live.connection.value = 'up';
    live.beginHearing();
    client.subscribe(SUBSCRIPTIONS);
    watchPlay(live.watchesPlay.peek());
    clearTimeout(forgetting);
    forgetting = setTimeout(() => live.forgetUnheard(), HEARING_MS);
  });
  client.on('close', () => {
    clearTimeout(forgetting);
    live.connection.value = 'down';
  });
  // Each failed try ends in 'close' too; without a listener it would be thrown.
  client.on('error', () => {});
  client.on('message', (topic, payload) => live.take(topic, payload));
}

/** Works without a secure context, where crypto.randomUUID is missing: a classroom's hub has no certificate. */
const randomText = (): string =>
  [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
