/** Names for devices that bring none: safe words, the same for the same id. */
import { createHash } from 'node:crypto';

const COLOURS = [
  'Amber', 'Azure', 'Bronze', 'Copper', 'Coral', 'Crimson', 'Golden', 'Green', 'Indigo', 'Ivory', 'Jade', 'Lilac',
  'Mint', 'Olive', 'Pearl', 'Plum', 'Ruby', 'Rust', 'Sand', 'Scarlet', 'Silver', 'Teal', 'Umber', 'Violet',
]; // prettier-ignore
const ANIMALS = [
  'Badger', 'Beaver', 'Bison', 'Crane', 'Dolphin', 'Eagle', 'Falcon', 'Ferret', 'Fox', 'Gecko', 'Hare', 'Heron',
  'Ibex', 'Koala', 'Lemur', 'Lynx', 'Marten', 'Otter', 'Owl', 'Panda', 'Puffin', 'Raven', 'Seal', 'Swift',
]; // prettier-ignore

/** Two words, e.g. `Amber Otter`: 576 of them. */
export function nameFor(id: string): string {
  const digest = createHash('sha256').update(id).digest();
  const colour = COLOURS[digest.readUInt16LE(0) % COLOURS.length];
  const animal = ANIMALS[digest.readUInt16LE(2) % ANIMALS.length];
  return `${colour} ${animal}`;
}
