using System.Collections.Concurrent;
using EarlyWarning.V1;
using Google.Protobuf.Collections;
using Grpc.Core;

namespace EarlyWarning.Cli.Tests.Infrastructure;

/// <summary>
/// An intake: keeps what it records, knows it again, refuses what the test says, and breaks or puts off where the test says.
/// </summary>
internal sealed class FakeObservations(FakeUnary answers) : ObservationService.ObservationServiceBase
{
    private readonly ConcurrentDictionary<string, Observation> _recorded = [];
    private int _unanswered;
    private int _batches;

    public IReadOnlyCollection<Observation> Recorded => [.. _recorded.Values];

    public int Streams { get; private set; }

    public int MostUnanswered { get; private set; }

    public int LargestBatch { get; private set; }

    public List<bool> Backfills { get; } = [];

    public int BatchesChecked { get; private set; }

    /// <summary>Refuses an observation by name.</summary>
    public Func<Observation, ItemProblem?> Refuse { get; set; } = _ => null;

    /// <summary>Puts an observation off; asked each time it comes.</summary>
    public Func<Observation, bool> PutOff { get; set; } = _ => false;

    /// <summary>Records an observation beside another of its key that stays current.</summary>
    public Func<Observation, bool> Outranked { get; set; } = _ => false;

    /// <summary>Breaks the stream off, after recording the batch of this number but before answering it.</summary>
    public Func<int, RpcException?> BreakAt { get; set; } = _ => null;

    public override Task<RecordObservationResponse> RecordObservation(RecordObservationRequest request, ServerCallContext context) =>
        answers.AnswerAsync<RecordObservationResponse>(request);

    public override Task<RecordObservationsResponse> RecordObservations(RecordObservationsRequest request, ServerCallContext context)
    {
        Assert.True(request.ValidateOnly, "an import records over the stream");
        BatchesChecked++;
        var answer = new RecordObservationsResponse();
        Take(request.Observations, answer.Outcomes, answer.Problems, keep: false);
        return Task.FromResult(answer);
    }

    public override async Task StreamObservations(
        IAsyncStreamReader<StreamObservationsRequest> requestStream,
        IServerStreamWriter<StreamObservationsResponse> responseStream,
        ServerCallContext context
    )
    {
        Streams++;
        _unanswered = 0;
        var held = new List<StreamObservationsResponse>();
        var reading = requestStream.MoveNext(context.CancellationToken);
        while (await reading)
        {
            var request = requestStream.Current;
            MostUnanswered = Math.Max(MostUnanswered, ++_unanswered);
            LargestBatch = Math.Max(LargestBatch, request.Observations.Count);
            Backfills.Add(request.Backfill);
            var answer = new StreamObservationsResponse { Sequence = request.Sequence };
            Take(request.Observations, answer.Outcomes, answer.Problems, keep: true);
            answer.NotCurrent.Add(request.Observations.Index().Where(one => Outranked(one.Item)).Select(one => one.Index));
            if (BreakAt(++_batches) is { } end)
            {
                throw end;
            }

            held.Add(answer);
            reading = requestStream.MoveNext(context.CancellationToken);
            if (held.Count == 2 || !reading.IsCompleted)
            {
                // Not in the order sent, as the contract allows.
                held.Reverse();
                foreach (var one in held)
                {
                    _unanswered--;
                    await responseStream.WriteAsync(one);
                }

                held.Clear();
            }
        }

        foreach (var one in held)
        {
            await responseStream.WriteAsync(one);
        }
    }

    private void Take(
        RepeatedField<Observation> observations,
        RepeatedField<Outcome> outcomes,
        RepeatedField<ItemProblem> problems,
        bool keep
    )
    {
        for (var index = 0; index < observations.Count; index++)
        {
            var observation = observations[index];
            if (PutOff(observation))
            {
                outcomes.Add(Outcome.Retry);
                problems.Add(
                    new ItemProblem
                    {
                        Index = index,
                        Reason = "STORE_UNAVAILABLE",
                        Message = "The store does not answer.",
                    }
                );
            }
            else if (Refuse(observation) is { } problem)
            {
                outcomes.Add(Outcome.Rejected);
                problem.Index = index;
                problems.Add(problem);
            }
            else
            {
                // A check answers a sound item with no outcome, as the suite does.
                var isNew = keep && _recorded.TryAdd(observation.ToString(), observation);
                outcomes.Add(
                    !keep ? Outcome.Unspecified
                    : isNew ? Outcome.Recorded
                    : Outcome.Duplicate
                );
            }
        }
    }
}
