/** The one table of stable error codes. docs/errors.md is generated from it, and a test holds the two equal. */

export interface ErrorEntry {
  /** What happened, in one sentence a teacher understands. */
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy: string;
}

export const ERRORS = {
  // Messages and frames
  'message-too-large': {
    meaning: 'The message is larger than its type allows.',
    remedy: 'Send less; docs/contract.md gives the limit of each type.',
  },
  'message-malformed': {
    meaning: 'The bytes are neither CBOR nor JSON that the contract allows.',
    remedy: 'Compare with the examples of docs/contract.md; definite lengths, no tags, nesting of at most 8.',
  },
  'message-unknown': {
    meaning: 'The message type is unknown to this hub.',
    remedy: 'Use a type of docs/contract.md, or update the hub.',
  },
  'message-field': {
    meaning: 'A field of the message is missing, of the wrong kind or out of its range.',
    remedy: 'The text names the field and its range.',
  },
  'version-unsupported': {
    meaning: 'The device speaks a version of the contract that this hub does not know.',
    remedy: 'Update the device or the hub so that both speak the same version.',
  },
  'hello-required': {
    meaning: 'The device must introduce itself with HELLO before anything else.',
    remedy: 'Send HELLO; do so again whenever this code arrives, because the hub may have restarted.',
  },
  'direction-wrong': {
    meaning: 'A message that only the hub sends came from a device.',
    remedy: 'Send only the messages that docs/contract.md lists as up.',
  },
  // Devices and seats
  'id-invalid': {
    meaning: 'The device id has characters that are not allowed, or is too long or empty.',
    remedy: 'Use 1 to 32 letters, digits, dots, dashes or underscores, beginning with a letter or digit.',
  },
  'id-mismatch': {
    meaning: 'The id in HELLO is not the MQTT client id of the connection.',
    remedy: 'Use one and the same id for both.',
  },
  'id-in-use': {
    meaning: 'Another device with this id is connected and answers.',
    remedy: 'Give one of the two a new id; a board gets one when its EEPROM is erased.',
  },
  'seat-taken': {
    meaning: 'Somebody else has the wished seat.',
    remedy: 'Wish one of the free seats named in the detail, or none to get the next free one.',
  },
  'seat-unknown': {
    meaning: 'The game has no seat of that name.',
    remedy: 'Use one of the seats named in the detail.',
  },
  'seat-none-free': {
    meaning: 'All seats of the room are taken.',
    remedy: 'Wait until somebody leaves and join again; watching needs no seat.',
  },
  'seat-missing': {
    meaning: 'The device has no seat, so its input moves nothing.',
    remedy: 'JOIN a room first.',
  },
  'seat-empty': {
    meaning: 'Nobody has that seat.',
    remedy: 'Choose a seat that somebody has.',
  },
  'room-unknown': {
    meaning: 'There is no room of that name.',
    remedy: 'Use one of the rooms that the answer names.',
  },
  'lobby-locked': {
    meaning: 'The lobby is locked: nobody new gets a seat.',
    remedy: 'Ask who leads the class to open it; watching needs no seat.',
  },
  'device-banned': {
    meaning: 'The device may not play until it is allowed again.',
    remedy: 'Ask who leads the class.',
  },
  'device-kicked': {
    meaning: 'Who leads the class has ended the connection of this device.',
    remedy: 'Connect again and JOIN, if the place is still yours to ask for.',
  },
  'input-stale': {
    meaning: 'An input came late or twice; a newer one had been taken already.',
    remedy: 'Nothing: it was dropped. If it happens often, the link loses or reorders messages.',
  },
  'command-invalid': {
    meaning: 'The game does not understand the command.',
    remedy: 'Send a command of docs/games.md for this game.',
  },
  'players-missing': {
    meaning: 'Too few seats of the room are taken for a match.',
    remedy: 'Let more devices join first; two bots will do: `paddlewire play --bot`.',
  },
  'match-unknown': {
    meaning: 'There is no journal of that match, or none that this room could go on with.',
    remedy:
      'Give the name of a file in the folder `journals` of the data folder, without .pwj, of the same game and rate.',
  },
  'host-word-unknown': {
    meaning: 'The game has no such word for who leads it, or not at this moment.',
    remedy: 'docs/games.md lists the words of each game and when they count.',
  },
  'records-full': {
    meaning: 'The device keeps more records than its store can hold, so the newest was refused.',
    remedy: 'Connect the device to its hub, or give it a larger store.',
  },
  // MQTT
  'topic-forbidden': {
    meaning: 'The client published on, or subscribed to, a topic that is not its own.',
    remedy: 'Publish only on paddlewire/1/devices/<client id>/up and /presence.',
  },
  'access-denied': {
    meaning: 'The PIN or token is missing or wrong.',
    remedy: 'Give it as the MQTT password; the hub prints the PIN when it starts.',
  },
  'device-not-yours': {
    meaning: 'The device belongs to another user of the league.',
    remedy: 'Give it an id of its own, or the token of the user whose it is.',
  },
  'leader-required': {
    meaning: 'Only who leads the class may do this.',
    remedy: 'Do it on the computer that is the hub, or give the password of access.teacher.',
  },
  'period-unknown': {
    meaning: 'There is no leaderboard of that period.',
    remedy: 'Ask for `lifetime` or `today`.',
  },
  'room-exists': {
    meaning: 'There is a room of that name.',
    remedy: 'Choose another name, or change that room.',
  },
  'rooms-too-many': {
    meaning: 'The hub has as many rooms as it can run.',
    remedy: 'Close one first.',
  },
  'room-name-invalid': {
    meaning: 'The name of the room has characters that are not allowed, or is too long or empty.',
    remedy: 'Use 1 to 24 letters a to z, digits and dashes.',
  },
  'game-unknown': {
    meaning: 'There is no game of that name.',
    remedy: 'Use one of the games that the text names.',
  },
  'game-name-invalid': {
    meaning: 'A new game cannot be called so.',
    remedy: 'Use 2 to 20 letters a to z and digits, a letter first.',
  },
  'game-exists': {
    meaning: 'There is a game, or a part of games, of that name.',
    remedy: 'Choose another name, or change what is there.',
  },
  'checkout-missing': {
    meaning: 'A new game needs the source of the project, and it is not there.',
    remedy: 'Clone the project, run `npm install`, and try again in its folder with `npx paddlewire`.',
  },
  'game-without-bot': {
    meaning: 'The hub has no bot that plays this game.',
    remedy: 'Let devices join; GET /api/hub says which games have bots.',
  },
  'parameter-invalid': {
    meaning: 'The game has no such parameter, or the value is out of its range.',
    remedy: 'The text names parameter and range; GET /api/hub lists all of them.',
  },
  'device-unknown': {
    meaning: 'No device of that id is connected.',
    remedy: '`paddlewire devices` lists those that are.',
  },
  'rate-exceeded': {
    meaning: 'The client sends more messages than the hub takes from one client.',
    remedy: 'Send changes only, at most the rate in docs/configuration.md.',
  },
  'subscriber-stalled': {
    meaning: 'The client stopped reading what it subscribed to, and was disconnected.',
    remedy: 'Connect again; look at its WiFi.',
  },
  // Serial
  'port-open-failed': {
    meaning: 'The serial port could not be opened.',
    remedy: 'The text says why.',
  },
  'port-busy': {
    meaning: 'Another program has the serial port open.',
    remedy:
      "Close it there: the Arduino IDE's serial monitor, a terminal, a second hub. The port is tried again by itself.",
  },
  'port-forbidden': {
    meaning: 'The user that runs the hub may not open serial ports.',
    remedy: 'Add it to the group dialout (`sudo usermod -aG dialout $USER`), then log out and in again.',
  },
  'dialect-unknown': {
    meaning: 'The board on this port speaks nothing that the hub knows.',
    remedy: 'Load a program: our firmware, StandardFirmata, or a sketch that prints lines as in docs/text-lines.md.',
  },
  'port-flooding': {
    meaning: 'The board on this port sends without a pause, more than anybody can mean.',
    remedy: 'Let its program wait between lines, e.g. delay(10). It is not read for a while, then tried again.',
  },
  'board-restarts': {
    meaning: 'The board on this port keeps starting anew.',
    remedy: 'Look for a loose cable, a short, or a load that its power does not carry, such as a motor or many LEDs.',
  },
  'port-lost': {
    meaning: 'The serial port went away (unplugged).',
    remedy: 'Plug the board in again, into any port; it gets its seat back.',
  },
  'port-silent': {
    meaning: 'The board on this port does not answer any more.',
    remedy: 'Nothing: the port is opened again. If it goes on, press the reset button of the board.',
  },
  'port-missing': {
    meaning: 'The device is on no serial port of the hub, so its program cannot be changed from here.',
    remedy: 'Plug the board into the hub by USB; boards on WiFi are updated as docs/wifi-boards.md says.',
  },
  'boot-loader-silent': {
    meaning: 'No boot loader answers on this port.',
    remedy:
      'Is it an Uno or Nano, and the right port? Press its reset button just after starting. Close other programs that use the port.',
  },
  'board-wrong': {
    meaning: 'The chip on this port is not the one that the program is for.',
    remedy: 'Choose the port of an Uno or Nano; docs/boards.md lists what runs on which board.',
  },
  'flash-failed': {
    meaning: 'Writing the program to the board failed, three times.',
    remedy: 'Try another USB cable or port, and flash again: the board waits for it.',
  },
  'hex-unusable': {
    meaning: 'The file is no program for this board.',
    remedy: 'Give an Intel HEX file that fits into the chip; the text says what is wrong.',
  },
  'internal-error': {
    meaning: 'The hub met a case that it should not have; the connection was ended, nothing else.',
    remedy: 'Connect again, and report it with the lines of the log.',
  },
  // League
  'token-required': {
    meaning: 'Only who has a token plays in the league.',
    remedy: 'Register, make a token, and give it as the MQTT password or with --token (docs/league.md).',
  },
  'league-room': {
    meaning: 'The room is that of a match of the league: nobody else gets a seat, and its game stays as it is.',
    remedy: 'Join `league` to be paired; watching needs no seat.',
  },
  'league-game': {
    meaning: 'The league has no such game.',
    remedy: 'Join `league:GAME` with a game for two or more players; docs/games.md lists the games.',
  },
  'login-required': {
    meaning: 'Only who is logged in may do this.',
    remedy: 'Log in; a session ends after seven days, at logout and at a new password.',
  },
  'admin-required': {
    meaning: 'Only an administrator of the league, or who leads the class, may do this.',
    remedy: 'Ask who leads the class, or do it on the computer that is the hub.',
  },
  'login-wrong': {
    meaning: 'There is no user of that name with that password.',
    remedy: 'Try again; who leads the class can set a new password.',
  },
  'tries-exceeded': {
    meaning: 'Too many tries came from this address.',
    remedy: 'Wait a minute and try again.',
  },
  'key-wrong': {
    meaning: 'The key for registering is missing or wrong.',
    remedy: 'Ask who leads the class for the key of the league or the PIN.',
  },
  'register-closed': {
    meaning: 'Nobody can register here by themselves: neither league.key nor a PIN is set.',
    remedy: 'Ask who leads the class to add you, or to set league.key.',
  },
  'user-exists': {
    meaning: 'There is a user of that name; capital letters make no difference.',
    remedy: 'Choose another name.',
  },
  'user-name-invalid': {
    meaning: 'The name of a user has characters that are not allowed, or is too long or empty.',
    remedy: 'Use 1 to 32 letters a to z, digits, dashes or underscores.',
  },
  'user-unknown': {
    meaning: 'There is no user of that name.',
    remedy: '`paddlewire user list` names all.',
  },
  'user-last-admin': {
    meaning: 'That would leave the league without an administrator, and it was asked by one.',
    remedy: 'Make another user an administrator first, or do it on the computer that is the hub.',
  },
  'password-invalid': {
    meaning: 'A password has 8 to 128 characters.',
    remedy: 'Choose a longer one, or a shorter one.',
  },
  'role-unknown': {
    meaning: 'There is no such role.',
    remedy: 'The roles are user, admin and bot.',
  },
  'token-unknown': {
    meaning: 'There is no such token of yours.',
    remedy: 'Your page lists your tokens.',
  },
  'token-name-invalid': {
    meaning: 'The name of a token is too long or has characters that cannot be printed.',
    remedy: 'Use 1 to 32 characters.',
  },
  'tokens-too-many': {
    meaning: 'A user has at most 20 tokens.',
    remedy: 'Revoke one that is not used.',
  },
  'devices-too-many': {
    meaning: 'A user has at most 50 devices.',
    remedy: 'Use the ids that are yours already; your page lists them.',
  },
  'users-too-many': {
    meaning: 'The league has as many users as it can.',
    remedy: 'Remove users that nobody needs.',
  },
  'tournament-unknown': {
    meaning: 'There is no such tournament.',
    remedy: 'The list of tournaments names all.',
  },
  'tournament-players': {
    meaning: 'The tournament cannot be made of these players.',
    remedy: 'Give 2 to 128 different users that are there; the text says what was wrong.',
  },
  'tournament-phase': {
    meaning: 'The tournament is not at the point where this can be done.',
    remedy: 'The text says what it is doing.',
  },
  'not-confirmed': {
    meaning: 'It was asked whether to go on, and nobody said yes.',
    remedy: 'Say yes, or give --yes.',
  },
  // Agents and matches
  'agent-missing': {
    meaning: 'There is no such file to run as an agent.',
    remedy: 'Give the path of the file, from the folder you are in.',
  },
  'agent-syntax': {
    meaning: 'The file of the agent cannot be loaded.',
    remedy: 'The text says what is wrong and in which line.',
  },
  'agent-shape': {
    meaning: 'The file was loaded, but there is no agent in it.',
    remedy:
      'Export a class `MLPlay` with `update(scene)`, or a class `Agent` with `getStep(observation)` (docs/agents.md).',
  },
  'agent-threw': {
    meaning: 'A method of the agent threw an error.',
    remedy: 'The text and the last lines of its output say where.',
  },
  'agent-crashed': {
    meaning: 'The process of the agent ended by itself.',
    remedy: 'Look at the last lines of its output.',
  },
  'agent-hung': {
    meaning: 'The agent did not answer for so long that it was ended.',
    remedy: 'Look for a loop without an end; answer within the budget that docs/agents.md gives.',
  },
  'agent-memory': {
    meaning: 'The agent used more memory than it may, and was ended.',
    remedy: 'Keep less; `--memory MB` allows more where you run it yourself.',
  },
  'agent-processes': {
    meaning: 'The agent started more processes than it may, and was ended with all of them.',
    remedy: 'An agent is one process.',
  },
  'agent-forbidden': {
    meaning: 'The agent tried what its process may not: write a file, read outside of its folder, or start a process.',
    remedy: 'Do without, or write it as a program of its own that speaks MQTT (docs/agents.md).',
  },
  'agent-malformed': {
    meaning: 'The process of the agent said something that no agent says.',
    remedy: 'Leave file descriptor 3 alone, and return small actions.',
  },
  'command-untimely': {
    meaning: 'The command is for another match than the one that is played, or none is played.',
    remedy: 'Answer each OBSERVE with its own tick; after END wait for the next START.',
  },
  'game-failed': {
    meaning: 'The rules of the game failed, so the match was ended without a result.',
    remedy: 'It is a bug of the game: the text says what it did.',
  },
  'game-endless': {
    meaning: 'The match did not end within the ticks it may have.',
    remedy: 'Play with other parameters, or allow more ticks.',
  },
  'player-unknown': {
    meaning: 'There is no such player.',
    remedy: 'A player is a file of an agent, `bot`, `keyboard`, `board` or `board:SEAT`; SEAT=PLAYER chooses its seat.',
  },
  'players-wrong': {
    meaning: 'The game cannot be played by so many players, or two of them want one seat.',
    remedy: 'The text says how many it takes.',
  },
  'match-real-time': {
    meaning: 'Hands cannot play as fast as a computer can.',
    remedy: 'Give a rate, e.g. `--fps 60`, when a keyboard or a board takes part.',
  },
  // Storage
  'database-newer': {
    meaning: 'The database was written by a newer version of this program.',
    remedy: 'Update Paddlewire; the data is whole. Or give another folder with --data.',
  },
  'data-folder-unwritable': {
    meaning: 'The data folder cannot be written.',
    remedy: 'Give another folder with --data, or change its owner.',
  },
  'data-in-use': {
    meaning: 'Another hub uses this data folder.',
    remedy: 'Stop the other hub, or give another folder with --data.',
  },
  'store-failed': {
    meaning: 'What was to be kept could not be written. A hub keeps it in memory and tries again.',
    remedy: 'Look at the disk. No point is lost while the hub runs.',
  },
  'store-full': {
    meaning: 'The disk is full. A hub keeps points in memory and tries again; a device takes no further record.',
    remedy: 'Free space on the disk of the data folder.',
  },
  'score-buffer-full': {
    meaning: 'So many points wait for the disk that the room is paused until they are written.',
    remedy: 'Look at the disk; play goes on by itself once it takes writes again.',
  },
  'import-malformed': {
    meaning: 'The file is not an export of scores.',
    remedy: 'Give a file made by `paddlewire scores --json`, or {"human_score": n, "AI_score": n}.',
  },
  // Journals
  'journal-foreign': {
    meaning: 'The file is not a journal.',
    remedy: 'Give a file that ends with .pwj; hubs keep theirs in the folder journals of their data.',
  },
  'journal-newer': {
    meaning: 'The journal is of a newer version than this program knows.',
    remedy: 'Update Paddlewire; the file is whole.',
  },
  'journal-headless': {
    meaning: 'The beginning of the journal is damaged, so that nothing of it can be read.',
    remedy: 'Take a copy of the file, if there is one.',
  },
  'journal-torn': {
    meaning: 'The journal is cut off or damaged; what comes before that is whole.',
    remedy: '`paddlewire journal repair FILE -o OUT` keeps the whole part.',
  },
  'journal-too-large': {
    meaning: 'The file is larger than any journal is read: 64 MiB.',
    remedy: 'Is it the right file? Ten minutes of a match are 64 KB.',
  },
  'journal-unreadable': {
    meaning: 'The file cannot be read or written.',
    remedy: 'The text says why.',
  },
  'journal-exists': {
    meaning: 'There is a file of that name; a journal never replaces one.',
    remedy: 'Choose another name.',
  },
  'journal-rules-unknown': {
    meaning: 'The journal is of a game, or of a version of its rules, that this program does not have.',
    remedy: 'Use the version of Paddlewire that recorded it; `journal info` and `journal cut` need no rules.',
  },
  'journal-unplayable': {
    meaning: 'The journal can be read, but what it tells cannot be a match of its game.',
    remedy: 'It was made or changed by another program; ask whoever made it.',
  },
  'journal-tick-missing': {
    meaning: 'The journal has no such tick.',
    remedy: 'The text says which ticks it has.',
  },
  'journal-not-recording': {
    meaning: 'Something was to be written although nothing is recorded.',
    remedy: 'Call start first, or ask recording before writing.',
  },
  'journal-memory-key': {
    meaning: 'A value of the memory was to be set, or asked for, inside of one that is not there.',
    remedy: 'Set the value that holds it first.',
  },
  'journal-memory-value': {
    meaning: 'A journal keeps only values of JSON: numbers, texts, true, false, null, lists and maps of these.',
    remedy: 'Give a plain value.',
  },
  // Start and configuration
  'port-in-use': {
    meaning: 'Another program listens on this network port.',
    remedy: 'Stop it, or choose another with --http-port or --mqtt-port (0 takes any free one).',
  },
  'config-malformed': {
    meaning: 'The configuration file is not valid TOML.',
    remedy: 'The text names line and column.',
  },
  'config-value': {
    meaning: 'A configuration key is unknown or its value is out of range.',
    remedy: 'The text names key, value, range and line; docs/configuration.md lists all keys.',
  },
  'hub-unreachable': {
    meaning: 'No hub answers at that address.',
    remedy: 'Start it with `paddlewire start`, or say where it is with --host; ask from the same network.',
  },
  usage: {
    meaning: 'The command line has an unknown command or option.',
    remedy: 'See `paddlewire --help`.',
  },
  'pty-unavailable': {
    meaning: 'This computer cannot make the virtual serial ports that emulated boards need.',
    remedy: 'Run the demo on Linux (x64 or arm64).',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** An error that a user can cause. `code` is stable; `message` adds what is particular; `detail` travels with ERROR. */
export class PaddlewireError extends Error {
  readonly code: ErrorCode;
  readonly detail: unknown;

  constructor(code: ErrorCode, text: string = ERRORS[code].meaning, detail: unknown = null) {
    super(text);
    this.name = 'PaddlewireError';
    this.code = code;
    this.detail = detail;
  }
}
