/** Chooses the command, and turns what a user can cause into one sentence and an exit code. */
import { ERRORS, PaddlewireError } from '../../shared/errors.ts';
import { print, type Command, type Context } from './context.ts';

const HELP = `Paddlewire, a classroom arcade in a box.

  paddlewire start     run the hub
  paddlewire demo      run the hub with three emulated boards and a bot: a match with nothing attached
  paddlewire play      play in this terminal, or let a bot play
  paddlewire scores    show, export or import lifetime scores
  paddlewire doctor    look at this computer before the class comes in, and say what to do
  paddlewire flash     put our program on an Arduino Uno or Nano
  paddlewire devices   every device of a running hub: delays, losses, firmware
  paddlewire conform   test your own board, client or hub against the contract
  paddlewire journal   look at, prove, cut, repair, fork and export the record of a match
  paddlewire agent     let a program of yours play on a hub
  paddlewire match     let programs, bots and people play here, at any speed
  paddlewire room      pause a room of a running hub, or lead its game
  paddlewire user      users of the league: add, list, passwd, role, remove
  paddlewire league    the ladder; take back ratings or matches
  paddlewire games     what can be played: rules in a sentence, seats, parameters, controls
  paddlewire new       begin a game of your own: new game NAME

Options of start, demo and doctor:
  --data DIR           folder of scores (paddlewire-data; of demo: a fresh one)
  --http-port N        dashboard (8080; 0: any free one)
  --mqtt-port N        MQTT (1883; 0: any free one)
  --host ADDR          network address to listen on (0.0.0.0)
  --serial PORT        auto, none or the path of a port, several times; what a board speaks is found out
  --access MODE        open, pin or token
  --config FILE        TOML file with all settings (docs/configuration.md)
  --json               speak JSON
Options of demo:
  --for SECONDS        end by itself
Options of play:
  --keys MAP           wasd, arrows, ijkl or numpad
  --side SIDE          left, right, up or down
  --host HUB           host or host:port of the hub's MQTT (localhost:1883)
  --name NAME          your name
  --secret TEXT        PIN or token, if the hub wants one
  --bot                play by itself
Options of match:
  match GAME [PARAMETERS] --players ONE OTHER...
                       a player: a file, bot, keyboard, board, board:SEAT, board:/dev/PORT; SEAT=PLAYER
  --fps N|max          ticks a second (60), or as fast as the players are
  --rate N             with max: ticks a second, as the game counts them (60)
  --rounds N           matches, one after another (1)
  --seed N             of the first match; the next have the next numbers
  --record DIR         journals of the matches
  --invalid POLICY     ignore or disconnect who says what is no command (ignore)
  --json               a line of JSON for each match
Options of agent:
  agent run FILE       play with a program: TypeScript, JavaScript, Python, or any other
  --host HUB           host or host:port of the hub's MQTT (localhost:1883)
  --token TEXT         your token; with one, it plays in the league
  --games N            say goodbye after so many matches
  --room ROOM --side SIDE --name NAME --id ID
  --memory MB          what it may use (256; of a program 512)
  -- ARGS              arguments of the program
Options of flash:
  --port PATH          port of the board; needed only if several are plugged in
  --board BOARD        uno or nano
  --firmata            write StandardFirmata back
  --hex FILE           write another program
Options of conform:
  conform PORT         play the hub for the board on a serial port
  conform mqtt://HOST:PORT  listen there, and play the hub for the client that comes
  --device ID          the client to be tested; else the first that comes
  --no-hands           nobody is there to press buttons
  --hub HUB            play devices for the hub at this address
  --secret TEXT        its PIN or token
  --json               speak JSON
Options of devices and room:
  --host HUB           host or host:port of the hub's dashboard (localhost:8080)
  --secret TEXT        password of access.teacher, if the hub is another computer
  --json               devices: as JSON
  --identify DEVICE    devices: let it blink until it is found
  --test DEVICE        devices: ask it for a self-test
  room NAME WORD       pause, resume, or a word of its game: room quiz arm
  room NAME fork MATCH TICK
                       go on, as a new match, where a recorded one was
Options of user and league:
  user add NAME        asks for a password, or takes it from standard input; shows a token once
  user add --many      names from standard input, one a line: shows name, password and token of each
  user list | passwd NAME | role NAME user|admin|bot | remove NAME
  user dummy N         test1, password1, token1 and so on: unsafe, for trying out only
  league ladder GAME | reset games | reset ratings
  --role ROLE          of who is added
  --data DIR           data of a hub that does not run; of a running one --host and --secret as of room
  --yes                do not ask
  --json               user add, user list, league ladder: as JSON
Options of games:
  games NAME...        only these
  games check NAME...  whether they keep to the contract of a game (docs/games.md); without a name: all
  --json               as JSON
Options of new:
  --in DIR             checkout of the project, if it is not the one that this program comes from
Options of journal:
  info FILE            what it is
  verify FILE...       play it again and compare; names the first tick and field that differ
  diff FILE FILE       where two differ first
  cut FILE --from TICK --to TICK -o OUT
  repair FILE -o OUT   keep what is whole of a damaged one
  fork FILE --at TICK -o OUT  begin a new match that goes on from there
  export FILE --format jsonl|csv  per tick and seat: observation, command, reward, outcome
  export FILE --html   one page that plays it; -o OUT writes a file
  --json               info, verify, diff: as JSON
Options of scores:
  --data DIR           folder of scores
  --json               export as JSON
  scores import FILE   take over an export, or {"human_score": n, "AI_score": n}`;

const isHelp = (word: string): boolean => word === '--help' || word === '-h';

/** What `--help` says of one command: its line, and its options. */
function helpOf(name: string): string {
  const [list = '', ...sections] = HELP.split('\nOptions of ');
  const line = list.split('\n').find((one) => one.startsWith(`  paddlewire ${name} `)) ?? '';
  const own = sections.filter((section) =>
    section
      .split(':')[0]
      ?.split(/, | and /)
      .includes(name),
  );
  return [line.trim(), ...own.map((section) => `Options of ${section}`)].join('\n');
}

/** Commands are loaded when they are called: `scores` needs no broker, and `start` no emulator. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  demo: async () => (await import('./demo/demo.ts')).demo,
  scores: async () => (await import('./scores.ts')).scores,
  play: async () => (await import('./play.ts')).play,
  doctor: async () => (await import('./doctor.ts')).doctor,
  devices: async () => (await import('./devices.ts')).devices,
  flash: async () => (await import('./flash.ts')).flash,
  conform: async () => (await import('./conform.ts')).conform,
  journal: async () => (await import('./journal.ts')).journal,
  match: async () => (await import('./match.ts')).match,
  agent: async () => (await import('./agent.ts')).agent,
  room: async () => (await import('./room.ts')).room,
  user: async () => (await import('./user.ts')).user,
  league: async () => (await import('./league.ts')).league,
  games: async () => (await import('./games.ts')).games,
  new: async () => (await import('./new.ts')).makeNew,
};

/** @returns the exit code: 0 fine, 1 a failure that is said, 2 wrong usage */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const [name = '--help', ...rest] = args;
  if (isHelp(name) || name === 'help') {
    print(context, HELP);
    return 0;
  }
  try {
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (load === undefined) throw new PaddlewireError('usage', `There is no command ${name}.`);
    // What stands after `--` is a program's own.
    const end = rest.indexOf('--');
    if ((end < 0 ? rest : rest.slice(0, end)).some(isHelp)) {
      print(context, helpOf(name));
      return 0;
    }
    const command = await load();
    return await command(rest, context);
  } catch (error) {
    if (!(error instanceof PaddlewireError)) throw error;
    context.stderr.write(`paddlewire: ${error.message}\n  ${error.code}: ${ERRORS[error.code].remedy}\n`);
    return error.code === 'usage' ? 2 : 1;
  }
}
