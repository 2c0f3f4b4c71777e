using System.Diagnostics;
using System.Globalization;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Samples;

/// <summary>
/// Sends a file of observations in batches on a stream. What was not answered when the connection breaks is sent again under its numbers:
/// each observation has an id of its own, so one that had been recorded already is a duplicate. The same holds where the whole program is
/// run again.
/// </summary>
internal sealed class Feed(CallInvoker suite, string file)
{
    private const int BatchSize = 50;
    private const int MostUnanswered = 8;
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private readonly ObservationService.ObservationServiceClient _client = new(suite);
    private readonly SortedDictionary<long, List<Observation>> _unanswered = [];
    private readonly SortedDictionary<Outcome, int> _outcomes = [];
    private readonly Stopwatch _sinceAnswer = Stopwatch.StartNew();
    private long _newest;

    /// <summary>Sends the file until every observation in it is answered.</summary>
    public async Task<int> RunAsync()
    {
        using var batches = Read(file).Chunk(BatchSize).GetEnumerator();
        for (var wait = 0.1; ; wait = Math.Min(1, wait * 2))
        {
            try
            {
                await SendAsync(batches);
                Console.WriteLine(string.Join(", ", _outcomes.Select(pair => $"{pair.Value} {pair.Key.ToString().ToUpperInvariant()}")));
                return _outcomes.ContainsKey(Outcome.Rejected) ? 1 : 0;
            }
            catch (Exception error) when (IsBroken(error) && _sinceAnswer.Elapsed < s_patience)
            {
                Console.Error.WriteLine($"The connection broke ({error.Message}): {_unanswered.Count} batches are sent again.");
                await Task.Delay(TimeSpan.FromSeconds(wait * (0.5 + (Random.Shared.NextDouble() / 2))));
            }
        }
    }

    // A connection that breaks while something is written is an HttpIOException.
    private static bool IsBroken(Exception error) =>
        error is HttpIOException || (error is RpcException refused && Refusal.IsPassing(refused));

    private async Task SendAsync(IEnumerator<Observation[]> batches)
    {
        using var call = _client.StreamObservations();
        foreach (var (number, batch) in _unanswered)
        {
            await call.RequestStream.WriteAsync(new() { Sequence = number, Observations = { batch } });
        }

        while (true)
        {
            while (_unanswered.Count < MostUnanswered && batches.MoveNext())
            {
                _unanswered.Add(++_newest, [.. batches.Current]);
                await call.RequestStream.WriteAsync(new() { Sequence = _newest, Observations = { batches.Current } });
            }

            if (_unanswered.Count == 0)
            {
                await call.RequestStream.CompleteAsync();
                return;
            }

            using var silence = new CancellationTokenSource(s_longestSilence);
            if (!await call.ResponseStream.MoveNext(silence.Token))
            {
                throw new RpcException(new(StatusCode.Unavailable, "The stream ended before everything was answered."));
            }

            await SettleAsync(call.RequestStream, call.ResponseStream.Current);
        }
    }

    // An item is done (on the disk), refused for good, or to be sent again; only the last keeps its batch unanswered.
    private async Task SettleAsync(IClientStreamWriter<StreamObservationsRequest> requests, StreamObservationsResponse answer)
    {
        _sinceAnswer.Restart();
        var batch = _unanswered[answer.Sequence];
        foreach (var problem in answer.Problems.Where(problem => answer.Outcomes[problem.Index] == Outcome.Rejected))
        {
            Console.WriteLine($"REJECTED {batch[problem.Index].ObservationId}: {problem.Reason} {problem.Field}: {problem.Message}");
        }

        foreach (var outcome in answer.Outcomes.Where(outcome => outcome != Outcome.Retry))
        {
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
        }

        _unanswered[answer.Sequence] = [.. batch.Where((_, place) => answer.Outcomes[place] == Outcome.Retry)];
        if (_unanswered[answer.Sequence].Count == 0)
        {
            _unanswered.Remove(answer.Sequence);
            return;
        }

        await Task.Delay(TimeSpan.FromSeconds(1));
        await requests.WriteAsync(new() { Sequence = answer.Sequence, Observations = { _unanswered[answer.Sequence] } });
    }

    // observation_id,country,indicator,value,observed_at,source
    private static IEnumerable<Observation> Read(string file) => File.ReadLines(file).Skip(1).Select(line => Observed(line.Split(',')));

    private static Observation Observed(string[] row) =>
        new()
        {
            ObservationId = row[0],
            Country = row[1],
            Indicator = row[2],
            Value = double.Parse(row[3], CultureInfo.InvariantCulture),
            ObservedAt = DateTimeOffset.Parse(row[4], CultureInfo.InvariantCulture).ToTimestamp(),
            Source = row[5],
        };
}
