// A small application: what stands above this line comes from the documentation.
const http = require('node:http');
const { Client } = require('pg');

const conn = new Client({ connectionString: process.argv[2] });
const answer = keyless(async (request, response) => {
  const { rows } = await conn.query(request.url === '/broken' ? 'SELECT 1/0' : 'SELECT title FROM matters ORDER BY id');
  response.end(rows.map((r) => r.title).join('\n'));
});
const server = http.createServer((request, response) => answer(request, response).catch(() => response.writeHead(500).end()));

conn.connect().then(() => server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`)));
process.stdin.resume().on('end', () => process.exit(0));
