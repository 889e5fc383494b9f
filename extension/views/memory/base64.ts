/** Base64, as the protocol carries memory, with what every extension host has. */
declare function atob(text: string): string;
declare function btoa(text: string): string;

export function bytesOf(text: string): number[] {
  return Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function textOf(bytes: readonly number[]): string {
  return btoa(String.fromCharCode(...bytes));
}
