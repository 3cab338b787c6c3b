/** The process of the demo's boards, apart from the hub's, so that what the hub costs can be measured. */
import { setPriority } from 'node:os';
import { DemoBoards } from './boards.ts';
import type { FromBoards, ToBoards } from './protocol.ts';

let boards: DemoBoards | null = null;

// Real boards would cost this computer nothing: emulated ones make way for the hub.
setPriority(10);

// The user's Ctrl-C reaches this process too; the hub says when to end.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToBoards) => {
  void handle(message).catch((error: Error) => say({ is: 'failed', text: error.message }));
});

async function handle(message: ToBoards): Promise<void> {
  switch (message.do) {
    case 'begin':
      boards = new DemoBoards(message.task);
      await boards.start();
      say({ is: 'ready' });
      break;
    case 'seats':
      boards?.seated(message.seats);
      break;
    case 'end':
      if (boards !== null) say({ is: 'report', report: await boards.stop() });
      process.disconnect();
      break;
  }
}

function say(message: FromBoards): void {
  process.send?.(message);
}

say({ is: 'loaded' });
