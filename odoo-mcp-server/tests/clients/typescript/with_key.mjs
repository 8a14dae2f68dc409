// A loopback proxy that adds a key to every request, for clients that cannot send one:
//   node with_key.mjs PORT URL KEY
// It changes nothing else: headers go on as they are spelt, and who hangs up on one side is hung up on at the other.

import http from 'node:http';

const [port, url, key] = process.argv.slice(2);
const target = new URL(url);

http
  .createServer((request, response) => {
    const upstream = http.request(
      {
        host: target.hostname,
        port: target.port,
        method: request.method,
        path: request.url,
        headers: [...request.rawHeaders, 'X-API-Key', key],
      },
      (answer) => {
        response.writeHead(answer.statusCode, answer.rawHeaders);
        response.flushHeaders();
        answer.pipe(response);
      },
    );
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  })
  .listen(Number(port), '127.0.0.1');
