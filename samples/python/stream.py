"""Sends a file of observations in batches on a stream. Usage: stream.py FILE

What was not answered when the connection breaks is sent again under its numbers: each observation has an id of its own, so one that
had been recorded already is a duplicate. The same holds where the whole program is run again.

Exit codes: 0 done; 1 some were refused, put them right first; 75 not now, run the same again."""
import asyncio
import collections
import csv
import datetime
import itertools
import random
import sys
import time

import grpc
import suite
from earlywarning.v1 import observation_pb2, observation_service_pb2 as service, observation_service_pb2_grpc

BATCH_SIZE = 50
MOST_UNANSWERED = 8
LONGEST_SILENCE = 30
PATIENCE = 300


class Feed:
    def __init__(self, batches):
        self.batches = enumerate(batches, start=1)
        self.unanswered = {}
        self.outcomes = collections.Counter()
        self.answered = time.monotonic()

    async def run(self):
        wait = 0.1
        async with suite.channel(grpc.aio) as channel:
            stub = observation_service_pb2_grpc.ObservationServiceStub(channel)
            while True:
                try:
                    return await self.send(stub.StreamObservations(metadata=suite.METADATA))
                except (grpc.RpcError, asyncio.TimeoutError) as error:
                    passing = not isinstance(error, grpc.RpcError) or suite.is_passing(error)
                    if not passing or time.monotonic() - self.answered > PATIENCE:
                        raise
                    name = error.code().name if isinstance(error, grpc.RpcError) else "silent"
                    print(f"The connection broke ({name}): {len(self.unanswered)} batches are sent again.", file=sys.stderr, flush=True)
                await asyncio.sleep(wait * random.uniform(0.5, 1))
                wait = min(1, wait * 2)

    async def send(self, stream):
        for number in sorted(self.unanswered):
            await self.write(stream, number)
        while True:
            for number, batch in itertools.islice(self.batches, MOST_UNANSWERED - len(self.unanswered)):
                self.unanswered[number] = batch
                await self.write(stream, number)
            if not self.unanswered:
                return await stream.done_writing()
            answer = await asyncio.wait_for(stream.read(), LONGEST_SILENCE)
            if answer is grpc.aio.EOF:
                raise asyncio.TimeoutError("The stream ended before everything was answered.")
            await self.settle(stream, answer)

    async def write(self, stream, number):
        try:
            await stream.write(service.StreamObservationsRequest(sequence=number, observations=self.unanswered[number]))
        except asyncio.InvalidStateError:
            # The call has ended already; reading from it says why.
            while await stream.read() is not grpc.aio.EOF:
                pass
            raise asyncio.TimeoutError("The stream ended before everything was answered.") from None

    async def settle(self, stream, answer):
        """An item is done (on the disk), refused for good, or to be sent again; only the last keeps its batch unanswered."""
        self.answered = time.monotonic()
        batch = self.unanswered.pop(answer.sequence)
        for problem in answer.problems:
            if answer.outcomes[problem.index] == service.OUTCOME_REJECTED:
                print(f"REJECTED {batch[problem.index].observation_id}: {problem.reason} {problem.field}: {problem.message}")
        again = [item for item, outcome in zip(batch, answer.outcomes) if outcome == service.OUTCOME_RETRY]
        self.outcomes.update(outcome for outcome in answer.outcomes if outcome != service.OUTCOME_RETRY)
        if again:
            self.unanswered[answer.sequence] = again
            await asyncio.sleep(1)
            await self.write(stream, answer.sequence)


def read(file):
    """Reads observation_id,country,indicator,value,observed_at,source in batches."""
    with open(file, newline="", encoding="utf-8") as lines:
        rows = csv.DictReader(lines)
        while batch := [observation(row) for row in itertools.islice(rows, BATCH_SIZE)]:
            yield batch


def observation(row):
    observed = datetime.datetime.fromisoformat(row.pop("observed_at").replace("Z", "+00:00"))
    made = observation_pb2.Observation(**row | {"value": float(row["value"])})
    made.observed_at.FromDatetime(observed)
    return made


feed = Feed(read(sys.argv[1]))
try:
    asyncio.run(feed.run())
except (grpc.RpcError, asyncio.TimeoutError) as error:
    print(suite.words(error) if isinstance(error, grpc.RpcError) else error, file=sys.stderr)
    sys.exit(1 if isinstance(error, grpc.RpcError) and not suite.is_passing(error) else 75)
print(", ".join(f"{count} {service.Outcome.Name(outcome).removeprefix('OUTCOME_')}" for outcome, count in sorted(feed.outcomes.items())))
sys.exit(1 if feed.outcomes[service.OUTCOME_REJECTED] else 0)
