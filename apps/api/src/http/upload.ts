import multipart from '@fastify/multipart';
import type { Contract, Upload } from '@wijk/contracts';
import { DomainError } from '@wijk/domain/kernel';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';

/** The lines around the file in its body. */
const ENVELOPE_BYTES = 4096;
const MEGABYTE = 1024 * 1024;

/** A route that takes one file, and nothing but that; every other route goes on refusing such bodies. */
export function takeFiles(fastify: FastifyInstance, { maxBytes }: Upload, route: RouteOptions) {
  fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(multipart, {
      limits: { fileSize: maxBytes, files: 1, fields: 0, parts: 1, headerPairs: 20 },
    });
    scope.route({ ...route, config: { ...route.config, takesFiles: true } });
  });
}

/**
 * The file of the request, whole and in memory.
 * @throws a field at fault: `required`, `file-too-large` with the megabytes, `one-file`
 */
export async function readFile(request: FastifyRequest, { upload }: Contract): Promise<Buffer> {
  if (!upload) throw new Error('this contract takes no file');
  const fault = (code: string, params = {}) =>
    new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: upload.field, code, params }],
    });
  const tooLarge = () => fault('file-too-large', { max: Math.floor(upload.maxBytes / MEGABYTE) });
  // said before it is read: whoever sends it by telephone needs not wait for the end
  if (Number(request.headers['content-length']) > upload.maxBytes + ENVELOPE_BYTES)
    throw tooLarge();
  try {
    let file: Buffer | undefined;
    // to the end, so that what is sent beside it is refused instead of ignored
    for await (const part of request.files()) {
      if (part.fieldname !== upload.field) throw fault('required');
      file = await part.toBuffer();
    }
    if (!file) throw fault('required');
    return file;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'FST_REQ_FILE_TOO_LARGE') throw tooLarge();
    if (code && /^FST_(PARTS|FILES|FIELDS)_LIMIT$/.test(code)) throw fault('one-file');
    if (error instanceof DomainError) throw error;
    // a form that cannot be read, or whose sender hung up
    throw Object.assign(new Error('the form cannot be read'), { statusCode: 400 });
  }
}
