"""Follows breaches and prints each change. Usage: watch.py TOKEN-FILE [COUNTRY...]

The token of the last change is kept in a file, so that neither a broken connection nor a restart of this program misses one. A
program that dies between the two shows one change twice: whoever acts on them drops a (name, sequence) that was seen."""
import asyncio
import os
import pathlib
import random
import sys

import grpc
import suite
from earlywarning.v1 import breach_pb2, breach_service_pb2, breach_service_pb2_grpc

# A watch without news sends a bookmark every ten seconds; one that is silent for longer is broken.
LONGEST_SILENCE = 30

token_file, countries = pathlib.Path(sys.argv[1]), sys.argv[2:]


async def main():
    wait = 0.1
    async with suite.channel(grpc.aio) as channel:
        breaches = breach_service_pb2_grpc.BreachServiceStub(channel)
        while True:
            try:
                token = token_file.read_text() if token_file.exists() else await listed(breaches)
                call = breaches.WatchBreaches(
                    breach_service_pb2.WatchBreachesRequest(countries=countries, resume_token=token), metadata=suite.METADATA)
                while (response := await asyncio.wait_for(call.read(), LONGEST_SILENCE)) is not grpc.aio.EOF:
                    wait = 0.1
                    if response.HasField("breach"):
                        show(response.breach)
                    keep(response.resume_token)
                print("The watch ended: going on behind the last change.", file=sys.stderr, flush=True)
            except asyncio.TimeoutError:
                call.cancel()
                print("The watch is silent: going on behind the last change.", file=sys.stderr, flush=True)
            except grpc.RpcError as error:
                if suite.reason(error) in ("RESUME_TOKEN_EXPIRED", "INVALID_TOKEN"):
                    print("The token leads nowhere any more: this is how it stands now.", file=sys.stderr, flush=True)
                    token_file.unlink()
                elif suite.is_passing(error):
                    print(f"The connection broke ({error.code().name}): going on behind the last change.", file=sys.stderr, flush=True)
                else:
                    raise
            await asyncio.sleep(wait * random.uniform(0.5, 1))
            wait = min(1, wait * 2)


async def listed(breaches):
    """Shows what fires now, and gives the token behind it."""
    request = breach_service_pb2.ListBreachesRequest(state=breach_pb2.Breach.STATE_FIRING)
    token = None
    while token is None or request.page_token:
        page = await breaches.ListBreaches(request, timeout=10, metadata=suite.METADATA)
        token = token or page.resume_token
        for breach in page.breaches:
            if not countries or breach.country in countries:
                show(breach)
        request.page_token = page.next_page_token
    keep(token)
    return token


def show(breach):
    state = breach_pb2.Breach.State.Name(breach.state).removeprefix("STATE_")
    print(f"{breach.name} {breach.sequence} {state}: {breach.sentence}", flush=True)


def keep(token):
    """Renames it into place, so that a crash leaves the old one or the new one."""
    new = token_file.with_suffix(".new")
    new.write_text(token)
    os.replace(new, token_file)


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
except grpc.RpcError as error:
    print(suite.words(error), file=sys.stderr)
    sys.exit(1)
