/** The bundler takes style sheets; TypeScript need not know more of them. */
declare module '*.css';
