// The site as a strict host gives it: below a path with a space and an ä, nothing allowed inline, nothing
// from elsewhere.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const PREFIX = '/käsi kirja/';

const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
  "connect-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'self'",
].join('; ');

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.webp': 'image/webp', '.woff2': 'font/woff2',
};

export async function serve(root) {
  const server = createServer((request, response) => answer(root, request, response));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    base: origin + encodeURI(PREFIX),
    url: (file) => origin + encodeURI(PREFIX + file),
    close: () => server.close(),
  };
}

function answer(root, request, response) {
  const asked = decodeURIComponent(new URL(request.url, 'http://site.invalid').pathname);
  const file = asked.startsWith(PREFIX) ? path.join(root, asked.slice(PREFIX.length)) : undefined;
  // A browser asks every host for this on its own, whatever the page says.
  if (asked === '/favicon.ico') return response.writeHead(204).end();
  if (!file?.startsWith(root + path.sep) || !existsSync(file) || !statSync(file).isFile()) {
    return response.writeHead(404).end();
  }
  response.writeHead(200, {
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
  });
  return createReadStream(file).pipe(response);
}
