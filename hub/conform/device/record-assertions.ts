/** What a device does with data that must not be lost. */
import { failed, notTried, OK, unless, type Assertion } from '../assertion.ts';
import { messages, ofStep, said, sent } from './seen.ts';
import type { DeviceTranscript } from './step.ts';

const AT_ONCE_MS = 1000;

export const RECORDS: readonly Assertion<DeviceTranscript>[] = [
  {
    id: 'record-grows',
    says: 'RECORD.seq is larger for each new RECORD.',
    clause: 'contract.md#record',
    change: 'Count records where the number outlives a restart; a number is never used for other data.',
    judge: (seen) => {
      const all = messages(seen.entries, 'RECORD');
      if (all.length === 0) return notTried('It sent no RECORD.');
      const data = new Map<number, string>();
      let newest = -1;
      for (const { entry, message } of all) {
        const text = JSON.stringify(message.data);
        const known = data.get(message.seq);
        if (known === undefined ? message.seq <= newest : known !== text) return failed(said(entry));
        data.set(message.seq, text);
        newest = Math.max(newest, message.seq);
      }
      return OK;
    },
  },
  {
    id: 'record-repeats',
    says: 'A RECORD is sent again until ACK comes.',
    clause: 'contract.md#record',
    change:
      'Keep the record, and send it again every few seconds and after each WELCOME, until ACK with its number comes.',
    judge: (seen) =>
      ofStep(seen, 'records', () => {
        const all = messages(seen.entries, 'RECORD');
        const once = all.find(({ message }) => all.filter((other) => other.message.seq === message.seq).length === 1);
        const end = seen.entries.at(-1)?.at ?? 0;
        return once !== undefined && end - once.entry.at > 5500 ? failed(`only once: ${said(once.entry)}`) : OK;
      }),
  },
  {
    id: 'record-ends',
    says: 'After ACK a RECORD is not sent any more.',
    clause: 'contract.md#ack',
    change: 'Forget the record whose number ACK has.',
    judge: (seen) => {
      const acks = sent(seen.entries, 'ACK');
      const records = messages(seen.entries, 'RECORD');
      if (records.length === 0) return notTried('It sent no RECORD.');
      // One ACK may have been lost, with the device that was starting anew.
      const again = records.find(({ entry, message }) => {
        const first = records.find((other) => other.message.seq === message.seq)?.message;
        const acked = acks.filter((ack) => ack.message.seq === message.seq && entry.at > ack.at + AT_ONCE_MS);
        return acked.length > 1 && JSON.stringify(first) === JSON.stringify(message);
      });
      return unless(again && said(again.entry));
    },
  },
];
