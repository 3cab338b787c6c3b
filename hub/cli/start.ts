/** `paddlewire start`: runs the hub until it is told to stop. */
import { reachable } from '../api/addresses.ts';
import { Hub, type HubAddress } from '../hub.ts';
import { createLog } from '../log.ts';
import { print, stopped, type Command, type Context } from './context.ts';
import { hubOptions } from './hub-options.ts';
import { localDevices, prepareLocalDevices } from './local-devices.ts';

export const start: Command = async (args, context) => {
  const { config, json } = hubOptions(args, context.env);
  const log = createLog(context.env['PADDLEWIRE_LOG'] ?? 'info');
  await prepareLocalDevices(config['serial.ports'] as readonly string[]);
  const hub = new Hub({ config, log: log.write, devices: localDevices });
  const address = await hub.start();
  if (json) print(context, JSON.stringify({ event: 'started', ...address }));
  else sayAddress(context, address, config['access.mode'] === 'pin' ? 'PIN' : 'Token');
  await stopped(context.stop);
  await hub.stop();
  if (json) print(context, JSON.stringify({ event: 'stopped' }));
  log.flush();
  return 0;
};

/** Where to look and how to join, for people. */
export function sayAddress(context: Context, address: HubAddress, secretName: 'PIN' | 'Token'): void {
  const { host, httpPort, mqttPort, secret } = address;
  for (const name of reachable(host)) print(context, `Court:  http://${name}:${httpPort}/`);
  print(context, `Boards: plug them in. Programs: MQTT on port ${mqttPort}, or ws://…:${httpPort}/mqtt.`);
  if (secret !== null) print(context, `${secretName} to play: ${secret}`);
}
