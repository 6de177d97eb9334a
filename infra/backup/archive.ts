import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { extract, pack } from 'tar-stream';
import { damaged } from './backup-error.ts';

/** One file inside an archive. */
export interface Member {
  readonly name: string;
  readonly data: Buffer;
}

/** The last member: the SHA-256 of every byte before it, so that any changed byte shows. */
const SEAL = 'SHA256';
const BLOCK = 512;
/** A tar ends with two empty blocks. */
const END = Buffer.alloc(2 * BLOCK);
const SEAL_BYTES = 2 * BLOCK + END.length;
/** More than any member that is written; a damaged length must not fill the memory. */
const LARGEST_MEMBER = 256 * 1024 * 1024;

/**
 * Writes an archive: an ordinary tar, closed to others (0600), under a temporary name until it is
 * complete. Members are held in memory one at a time.
 */
export class ArchiveWriter {
  readonly #path: string;
  readonly #draft: string;
  readonly #file: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  readonly #at: Date;
  #bytes = 0;

  private constructor(path: string, draft: string, file: FileHandle, at: Date) {
    this.#path = path;
    this.#draft = draft;
    this.#file = file;
    this.#at = at;
  }

  /** `at` is the moment that members bear. */
  static async create(path: string, at: Date): Promise<ArchiveWriter> {
    const draft = join(dirname(path), `.${basename(path)}.partial-${process.pid}`);
    await rm(draft, { force: true });
    return new ArchiveWriter(path, draft, await open(draft, 'wx', 0o600), at);
  }

  async add(name: string, data: Buffer): Promise<void> {
    const bytes = await memberBytes(name, data, this.#at);
    this.#hash.update(bytes);
    await this.#write(bytes);
  }

  /** Seals the archive, brings it to the disk and gives it its name; its size in bytes. */
  async finish(): Promise<number> {
    await this.#write(await sealBytes(this.#hash.digest('hex')));
    await this.#file.sync();
    await this.#file.close();
    await rename(this.#draft, this.#path);
    const folder = await open(dirname(this.#path), 'r');
    await folder.sync().finally(() => folder.close());
    return this.#bytes;
  }

  /** Removes what was written so far. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#draft, { force: true });
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#file.writeFile(bytes);
    this.#bytes += bytes.length;
  }
}

/**
 * Reads the whole archive and compares it with its seal.
 * @throws BackupError when a byte is not what it was
 */
export async function checkSeal(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size < SEAL_BYTES || size % BLOCK !== 0) throw damaged(path, 'its end is missing');
    const hash = createHash('sha256');
    const content = file.createReadStream({
      end: size - SEAL_BYTES - 1,
      autoClose: false,
      highWaterMark: 1 << 20,
    });
    if (size > SEAL_BYTES)
      for await (const chunk of content as AsyncIterable<Buffer>) hash.update(chunk);
    const seal = Buffer.alloc(SEAL_BYTES);
    await file.read(seal, 0, SEAL_BYTES, size - SEAL_BYTES);
    if (!seal.equals(await sealBytes(hash.digest('hex'))))
      throw damaged(path, 'its checksum does not fit');
  } finally {
    await file.close();
  }
}

/** The members in the order in which they were written, one in memory at a time. */
export async function* membersOf(path: string): AsyncGenerator<Member> {
  const tar = extract();
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  file.on('error', (error) => tar.destroy(error));
  file.pipe(tar);
  try {
    for await (const entry of tar) {
      const { name, size = 0 } = entry.header;
      if (size > LARGEST_MEMBER) throw damaged(path, `${name} is too large`);
      const chunks: Buffer[] = [];
      for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
      yield { name, data: Buffer.concat(chunks) };
    }
  } finally {
    file.destroy();
  }
}

/** The seal bears no moment of its own: it must come out the same when it is checked. */
function sealBytes(hash: string): Promise<Buffer> {
  return memberBytes(SEAL, Buffer.from(`${hash}\n`), new Date(0)).then((bytes) =>
    Buffer.concat([bytes, END]),
  );
}

/** One member as a tar has it, header and filling included. */
async function memberBytes(name: string, data: Buffer, mtime: Date): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name, size: data.length, mode: 0o600, mtime }, data);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
  const all = Buffer.concat(chunks);
  return all.subarray(0, all.length - END.length);
}
