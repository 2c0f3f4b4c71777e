"""Carries TCP from one address to another: relay.py ADDRESS:PORT=ADDRESS:PORT ..."""
import asyncio
import sys


async def pump(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def serve(pair):
    here, there = (end.split(":") for end in pair.split("="))

    async def carry(reader, writer):
        try:
            other_reader, other_writer = await asyncio.open_connection(*there)
        except OSError:
            writer.close()
            return
        await asyncio.gather(pump(reader, other_writer), pump(other_reader, writer))

    server = await asyncio.start_server(carry, *here)
    await server.serve_forever()


async def main():
    await asyncio.gather(*(serve(pair) for pair in sys.argv[1:]))


asyncio.run(main())
