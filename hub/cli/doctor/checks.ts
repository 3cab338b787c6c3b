/** All checks, in the order in which they are told where nothing is wrong. */
import type { Check } from './check.ts';
import { httpPort, mdns, mqttPort } from './checks/network.ts';
import { power, temperature } from './checks/pi.ts';
import { latencyTimer, portAccess, portGrabbers, serialPorts } from './checks/serial.ts';
import { clock, diskSpace, diskSpeed, node } from './checks/system.ts';
import { wifiIsolation, wifiStations } from './checks/wifi.ts';

export const CHECKS: readonly Check[] = [
  portAccess,
  serialPorts,
  portGrabbers,
  latencyTimer,
  httpPort,
  mqttPort,
  diskSpace,
  diskSpeed,
  power,
  temperature,
  clock,
  node,
  mdns,
  wifiStations,
  wifiIsolation,
];
