/** `paddlewire doctor`: looks at the computer before the class comes in, and says what to do. */
import { print, type Command } from './context.ts';
import { isAlarm, runChecks, type Result, type Status, type Wanted } from './doctor/check.ts';
import { CHECKS } from './doctor/checks.ts';
import { realMachine } from './doctor/real-machine.ts';
import { hubOptions } from './hub-options.ts';

/** Options as of `start`. Exit code 1 if something is to be done. */
export const doctor: Command = async (args, context) => {
  const { config, json } = hubOptions(args, context.env);
  const wanted: Wanted = {
    dataFolder: config['data'] as string,
    httpPort: config['http.port'] as number,
    mqttPort: config['mqtt.port'] as number,
    serialPorts: config['serial.ports'] as readonly string[],
  };
  const results = runChecks(CHECKS, realMachine, wanted);
  if (json) print(context, JSON.stringify(results, null, 2));
  else for (const line of report(results)) print(context, line);
  return results.some(isAlarm) ? 1 : 0;
};

const WORDS: Readonly<Record<Status, string>> = { fail: 'WRONG', warn: 'LOOK', ok: 'fine', skipped: '-' };

/** For people: a line for each, worst first, and one at the end. */
export function report(results: readonly Result[]): string[] {
  const alarms = results.filter(isAlarm).length;
  const lines = results.map(({ status, check, text, remedy }) => {
    const unseen = status === 'skipped' ? 'Not looked at. ' : '';
    return `${WORDS[status].padEnd(5)}  ${check.padEnd(14)}  ${unseen}${text}${remedy === null ? '' : ` To do: ${remedy}`}`;
  });
  const end = alarms === 0 ? 'Ready: nothing to do.' : alarms === 1 ? 'One thing to do.' : `${alarms} things to do.`;
  return [...lines, '', end];
}
