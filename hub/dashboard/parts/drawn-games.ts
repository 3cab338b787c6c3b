/** The games that the pages draw better than these would draw themselves. */
const OWN_PICTURES = ['pong', 'reaction', 'buzzer'] as const;
export type OwnPicture = (typeof OWN_PICTURES)[number];

export const hasOwnPicture = (game: string): game is OwnPicture => OWN_PICTURES.some((known) => known === game);
