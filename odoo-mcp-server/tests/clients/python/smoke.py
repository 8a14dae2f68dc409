"""The Python SDK against the gateway: python smoke.py auto|legacy|stdio

MCP_URL and MCP_KEY say where and as whom; `stdio` starts GATEWAY with the key instead. The key needs the scope
`res.partner:RWD,sale.*:RW,*:R` on a database with partners and sales orders, as `--sandbox` prints one.
"""

import asyncio
import base64
import json
import os
import sys
import time

import httpx2
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import PromptReference, ResourceTemplateReference

URL = os.environ.get("MCP_URL", "")
KEY = os.environ.get("MCP_KEY", "")


def show(what, value):
    print(f"  {what}: {value}", flush=True)


def over_http(mode, headers):
    http = httpx2.AsyncClient(headers=headers, timeout=60)
    return Client(streamable_http_client(URL, http_client=http), mode=mode)


def over_stdio():
    command = StdioServerParameters(
        command=os.environ["GATEWAY"],
        args=["--stdio"],
        env={"ODOO_MCP_KEY": KEY, "ENCRYPTION_KEY": os.environ["ENCRYPTION_KEY"]},
    )
    return Client(command)


async def walk(client):
    """Everything a client does in a day."""
    show("protocol", client.protocol_version)
    assert "You act as" in client.instructions, client.instructions
    show("instructions", client.instructions.splitlines()[0])

    tools = (await client.list_tools()).tools
    assert [tool.name for tool in tools] == [tool.name for tool in (await client.list_tools()).tools]
    show("tools", ", ".join(tool.name for tool in tools))

    me = await client.call_tool("whoami", {})
    show("whoami", me.structured_content["login"])

    found = await client.call_tool(
        "search_read", {"model": "res.partner", "fields": ["name"], "limit": 2}
    )
    assert not found.is_error and found.structured_content["count"] == 2, found
    assert json.loads(found.content[0].text) == found.structured_content
    show("read", found.structured_content["records"][0])

    made = await client.call_tool(
        "create", {"model": "res.partner", "values": {"name": "Smoke Test"}}
    )
    partner = made.structured_content["id"]
    written = await client.call_tool(
        "write", {"model": "res.partner", "ids": [partner], "values": {"phone": "+32 2 290 34 90"}}
    )
    assert written.structured_content["status"] == "updated", written
    show("write", written.structured_content)

    denied = await client.call_tool(
        "write", {"model": "product.product", "ids": [1], "values": {"name": "x"}}
    )
    assert denied.is_error and "may not write" in denied.content[0].text, denied
    show("denied", denied.content[0].text)

    wrong = await client.call_tool("search", {"model": "res.partner", "limt": 3})
    assert wrong.is_error and "`limit`" in wrong.content[0].text, wrong
    show("wrong", wrong.content[0].text)

    uris = [str(resource.uri) for resource in (await client.list_resources()).resources]
    models = json.loads((await client.read_resource("odoo://models")).contents[0].text)
    show("resource", f"{uris} {models['count']} models")

    templates = (await client.list_resource_templates()).resource_templates
    record = json.loads((await client.read_resource(f"odoo://res.partner/{partner}")).contents[0].text)
    assert record["name"] == "Smoke Test", record
    show("template", f"{[template.uri_template for template in templates]} {len(record)} fields")

    prompts = (await client.list_prompts()).prompts
    prompt = await client.get_prompt("explore_model", {"model": "sale.order"})
    assert "sale.order" in prompt.messages[0].content.text
    show("prompt", ", ".join(prompt.name for prompt in prompts))

    template = ResourceTemplateReference(type="ref/resource", uri="odoo://{model}/{id}")
    completed = await client.complete(template, {"name": "model", "value": "sale.or"})
    assert "sale.order" in completed.completion.values, completed
    show("completion", completed.completion.values)
    reference = PromptReference(type="ref/prompt", name="explore_model")
    assert "res.partner" in (
        await client.complete(reference, {"name": "model", "value": "res.par"})
    ).completion.values

    try:
        await client.call_tool("serach", {"model": "res.partner"})
        raise AssertionError("an unknown tool was called")
    except MCPError as error:
        assert error.error.code == -32602, error
        show("unknown tool", error.error.message)

    await client.call_tool("unlink", {"model": "res.partner", "ids": [partner]})


async def cancel(mode):
    """A call to an Odoo that never answers: when the client gives up, the gateway hangs up on Odoo."""
    hung_up = asyncio.Event()

    async def never_answer(reader, writer):
        try:
            while await reader.read(65536):
                pass
        finally:
            hung_up.set()
            writer.close()

    server = await asyncio.start_server(never_answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    credentials = {
        "url": f"http://127.0.0.1:{port}",
        "database": "none",
        "username": "nobody",
        "password": "nothing",
        "scope": "*:R",
    }
    header = base64.b64encode(json.dumps(credentials).encode()).decode()
    async with over_http(mode, {"X-Auth-Credentials": header}) as client:
        # Connecting asked it as well, and gave up.
        await asyncio.wait_for(hung_up.wait(), 5)
        hung_up.clear()
        call = asyncio.create_task(client.call_tool("search", {"model": "res.partner"}))
        await asyncio.sleep(0.5)
        assert not hung_up.is_set()
        call.cancel()
        start = time.monotonic()
        await asyncio.wait_for(hung_up.wait(), 5)
        show("cancelled", f"Odoo's connection was closed after {(time.monotonic() - start) * 1000:.0f} ms")
    server.close()


async def refuse(mode):
    try:
        async with over_http(mode, {"X-API-Key": "no key"}):
            raise AssertionError("a wrong key was let in")
    except* (MCPError, httpx2.HTTPStatusError) as group:
        error = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        show("refused", str(error)[:100])


async def main(mode):
    print(f"Python SDK, {mode}")
    if mode == "stdio":
        async with over_stdio() as client:
            await walk(client)
    else:
        async with over_http(mode, {"X-API-Key": KEY}) as client:
            await walk(client)
        await cancel(mode)
        await refuse(mode)


asyncio.run(main(sys.argv[1]))
