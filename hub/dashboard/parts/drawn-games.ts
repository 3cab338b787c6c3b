/** The games that this page can draw. */
export const DRAWN_GAMES = ['pong', 'reaction', 'buzzer'] as const;
export type DrawnGame = (typeof DRAWN_GAMES)[number];

export const isDrawn = (game: string): game is DrawnGame => DRAWN_GAMES.some((known) => known === game);
