import { MOST_BYTES, makeSocketFolder, shortFolder } from '../processes/api-socket.ts';

/** Longest path of a folder, in bytes: a pod's name may have 63. */
const MOST_OF_FOLDER = MOST_BYTES - '/.sock'.length - 63;

/** The folder for sockets, made where it is missing: `folder`, or its short one when the path is too long for a socket. Throws as makeSocketFolder. */
export function socketFolder(folder: string): string {
  const sockets = Buffer.byteLength(folder) > MOST_OF_FOLDER ? shortFolder(folder) : folder;
  makeSocketFolder(sockets);
  return sockets;
}
