/** What the tests use of MicroPython's own package, which brings no types. */
declare module '@micropython/micropython-webassembly-pyscript/micropython.mjs' {
  export interface MicroPython {
    readonly FS: {
      writeFile(path: string, text: string): void;
      readFile(path: string, options: { encoding: 'utf8' }): string;
    };
    readonly globals: { get(name: string): unknown };
    registerJsModule(name: string, module: unknown): void;
    runPython(code: string): unknown;
  }
  export function loadMicroPython(options: {
    linebuffer: boolean;
    stdout: (line: string) => void;
    heapsize: number;
  }): Promise<MicroPython>;
}
