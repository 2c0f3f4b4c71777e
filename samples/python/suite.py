"""The way to a suite, and what its errors say. Address and key come from EW_ENDPOINT (default http://127.0.0.1:5051) and EW_API_KEY."""
import json
import os
import pathlib
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parent / "generated"))

import grpc  # noqa: E402
from google.rpc import error_details_pb2, status_pb2  # noqa: E402

_endpoint = urllib.parse.urlsplit(os.environ.get("EW_ENDPOINT", "http://127.0.0.1:5051"))
_key = os.environ.get("EW_API_KEY")

# Goes with every call.
METADATA = (("authorization", f"Bearer {_key}"),) if _key else ()

_OPTIONS = [
    # By default the wait before the next connection grows to two minutes: too long for a warning.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1000),
    # Notices a connection that broke without a word.
    ("grpc.keepalive_time_ms", 20_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.http2.max_pings_without_data", 0),
    # What was UNAVAILABLE is sent again as it was, within the call's deadline: an observation that arrives twice is recorded once.
    ("grpc.service_config", json.dumps({"methodConfig": [{
        "name": [
            {"service": "earlywarning.v1.ObservationService", "method": "RecordObservation"},
            {"service": "earlywarning.v1.RiskService", "method": "GetCountryRisk"},
        ],
        "retryPolicy": {
            "maxAttempts": 5,
            "initialBackoff": "0.2s",
            "maxBackoff": "1s",
            "backoffMultiplier": 2,
            "retryableStatusCodes": ["UNAVAILABLE"],
        },
    }]})),
]

_PASSING = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED, grpc.StatusCode.INTERNAL}


def channel(of=grpc):
    """Opens a channel: of grpc, or of grpc.aio."""
    if _endpoint.scheme == "https":
        return of.secure_channel(_endpoint.netloc, grpc.ssl_channel_credentials(), options=_OPTIONS)
    return of.insecure_channel(_endpoint.netloc, options=_OPTIONS)


def is_passing(error):
    """Whether the same may succeed later: the suite was not there, or was asked for too much at a time. Anything else is refused for good."""
    return error.code() in _PASSING or reason(error) == "RATE_EXCEEDED"


def reason(error):
    """The reason, as docs/errors.md lists them; empty where the error did not come from a suite."""
    return next((info.reason for info in _details(error, error_details_pb2.ErrorInfo)), "")


def words(error):
    """The error in words: the reason, and each field that is at fault."""
    fields = [field for request in _details(error, error_details_pb2.BadRequest) for field in request.field_violations]
    said = "".join(f"\n  {field.field}: {field.description}" for field in fields)
    return f"{error.code().name} {reason(error)}: {said or error.details()}"


def _details(error, kind):
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                found = kind()
                if detail.Unpack(found):
                    yield found
