// The TypeScript SDKs against the gateway: node smoke.mjs auto|legacy|v1
// MCP_URL and MCP_KEY say where and as whom. `v1` is the older package, the one that n8n builds on.

import assert from 'node:assert/strict';
import net from 'node:net';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The packages lie in the folder that the caller stands in, not beside this file.
const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

const mode = process.argv[2];
const url = new URL(process.env.MCP_URL);
const show = (what, value) => console.log(`  ${what}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);

async function connect(headers) {
  const requestInit = { headers };
  if (mode === 'v1') {
    const { Client } = await load('@modelcontextprotocol/sdk/client/index.js');
    const { StreamableHTTPClientTransport } = await load('@modelcontextprotocol/sdk/client/streamableHttp.js');
    const client = new Client({ name: 'smoke', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
    return client;
  }
  const { Client, StreamableHTTPClientTransport } = await load('@modelcontextprotocol/client');
  const client = new Client({ name: 'smoke', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
  return client;
}

async function walk(client) {
  assert.match(client.getInstructions(), /You act as/);
  const { tools } = await client.listTools();
  show('tools', tools.map((tool) => tool.name).join(', '));

  const found = await client.callTool({
    name: 'search_read',
    arguments: { model: 'res.partner', fields: ['name'], limit: 2 },
  });
  assert.equal(found.structuredContent.count, 2);
  show('read', found.structuredContent.records[0]);

  const made = await client.callTool({
    name: 'create',
    arguments: { model: 'res.partner', values: { name: 'Smoke Test' } },
  });
  const { id } = made.structuredContent;
  const written = await client.callTool({
    name: 'write',
    arguments: { model: 'res.partner', ids: [id], values: { phone: '+32 2 290 34 90' } },
  });
  assert.equal(written.structuredContent.status, 'updated');
  show('write', written.structuredContent);

  const denied = await client.callTool({
    name: 'write',
    arguments: { model: 'product.product', ids: [1], values: { name: 'x' } },
  });
  assert.equal(denied.isError, true);
  show('denied', denied.content[0].text);

  const { resources } = await client.listResources();
  const { resourceTemplates } = await client.listResourceTemplates();
  show('resources', [...resources.map((one) => one.uri), ...resourceTemplates.map((one) => one.uriTemplate)]);
  const record = await client.readResource({ uri: `odoo://res.partner/${id}` });
  assert.equal(JSON.parse(record.contents[0].text).name, 'Smoke Test');

  const { prompts } = await client.listPrompts();
  show('prompts', prompts.map((prompt) => prompt.name).join(', '));
  const prompt = await client.getPrompt({ name: 'explore_model', arguments: { model: 'sale.order' } });
  assert.match(prompt.messages[0].content.text, /sale\.order/);

  const { completion } = await client.complete({
    ref: { type: 'ref/resource', uri: 'odoo://{model}/{id}' },
    argument: { name: 'model', value: 'sale.or' },
  });
  assert.ok(completion.values.includes('sale.order'));
  show('completion', completion.values);

  await client.callTool({ name: 'unlink', arguments: { model: 'res.partner', ids: [id] } });
}

// A call to an Odoo that never answers: when the client gives up, the gateway hangs up on Odoo.
async function cancel() {
  const sockets = new Set();
  const odoo = net.createServer((socket) => {
    sockets.add(socket);
    socket.resume();
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise((done) => odoo.listen(0, '127.0.0.1', done));
  const credentials = {
    url: `http://127.0.0.1:${odoo.address().port}`,
    database: 'none',
    username: 'nobody',
    password: 'nothing',
    scope: '*:R',
  };
  const header = Buffer.from(JSON.stringify(credentials)).toString('base64');
  const client = await connect({ 'X-Auth-Credentials': header });
  // Connecting asked it as well, and gave up.
  await until(() => sockets.size === 0);
  const abort = new AbortController();
  const call = client.callTool({ name: 'search', arguments: { model: 'res.partner' } }, ...signal(abort.signal));
  call.catch(() => {});
  await until(() => sockets.size > 0);
  const start = performance.now();
  abort.abort('enough');
  await until(() => sockets.size === 0);
  show('cancelled', `Odoo's connection was closed after ${Math.round(performance.now() - start)} ms`);
  await client.close();
  odoo.close();
}

// The older package takes the schema of the result before the options.
const signal = (signal) => (mode === 'v1' ? [undefined, { signal }] : [{ signal }]);

async function until(condition) {
  for (let waited = 0; !condition(); waited += 10) {
    assert.ok(waited < 8000, 'it did not happen in 8 s');
    await new Promise((done) => setTimeout(done, 10));
  }
}

console.log(`TypeScript SDK, ${mode}`);
const client = await connect({ Authorization: `Bearer ${process.env.MCP_KEY}` });
await walk(client);
await client.close();
await cancel();
await assert.rejects(connect({ 'X-API-Key': 'no key' }), (error) => {
  show('refused', String(error.message).slice(0, 100));
  return true;
});
process.exit(0);
