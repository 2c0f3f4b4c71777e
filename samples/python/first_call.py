"""Records an observation, and reads the country's risk with that included. Usage: first_call.py [COUNTRY]

Exit codes: 0 done; 1 refused, put it right first; 75 not now, run the same again."""
import sys

import grpc
import suite
from earlywarning.v1 import observation_pb2, observation_service_pb2, observation_service_pb2_grpc, risk_service_pb2, risk_service_pb2_grpc


def main(country="XAQ"):
    with suite.channel() as channel:
        observation = observation_pb2.Observation(country=country, indicator="r07.incitement", value=2, source="radio-monitor")
        observation.observed_at.GetCurrentTime()
        recorded = observation_service_pb2_grpc.ObservationServiceStub(channel).RecordObservation(
            observation_service_pb2.RecordObservationRequest(observation=observation), timeout=10, metadata=suite.METADATA)

        risk = risk_service_pb2_grpc.RiskServiceStub(channel).GetCountryRisk(
            risk_service_pb2.GetCountryRiskRequest(
                name=f"frameworks/atrocity-crimes/risks/{country}", minimum_revision=recorded.revision),
            timeout=10, metadata=suite.METADATA).risk

    # Without a score there is no level, which is not a low one.
    figure = f"{risk.score:.1f} {risk.level}" if risk.HasField("score") else "insufficient data"
    outcome = observation_service_pb2.Outcome.Name(recorded.outcome).removeprefix("OUTCOME_")
    print(f"{outcome} {recorded.observation_id}: {risk.country_name} {figure}, coverage {risk.coverage:.0%}")


try:
    main(*sys.argv[1:])
except grpc.RpcError as error:
    print(suite.words(error), file=sys.stderr)
    sys.exit(75 if suite.is_passing(error) else 1)
