using System.Diagnostics;
using System.Globalization;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using HdrHistogram;

namespace EarlyWarning.Driver.Scenarios;

/// <summary>What one run of batches came to.</summary>
/// <param name="Elapsed">How long was measured.</param>
/// <param name="Acknowledged">Items answered RECORDED or DUPLICATE while it was measured.</param>
/// <param name="Recorded">Items answered RECORDED, warm-up included.</param>
/// <param name="Duplicates">Items answered DUPLICATE, warm-up included.</param>
/// <param name="Other">Items answered anything else, warm-up included.</param>
/// <param name="Latency">From the sending of a batch to its answer, in microseconds.</param>
internal sealed record ThroughputResult(
    TimeSpan Elapsed,
    long Acknowledged,
    long Recorded,
    long Duplicates,
    long Other,
    LongHistogram Latency
)
{
    public double PerSecond => Acknowledged / Elapsed.TotalSeconds;
}

/// <summary>
/// Streams batches of fresh observations, one in a hundred of them a resend of an earlier one, with a bounded number unanswered, and counts
/// every answer.
/// </summary>
internal sealed class Throughput(IReadOnlyList<GrpcChannel> channels, LoadShape shape, string run)
{
    private readonly string[] _countries = [.. s_codes.Take(shape.Countries)];
    private readonly LongHistogram _latency = new(TimeSpan.FromMinutes(1).Ticks / 10, 3);
    private long _measured,
        _recorded,
        _duplicates,
        _other;
    private bool _measuring;

    private static readonly string[] s_codes =
    [
        "AFG",
        "AGO",
        "ALB",
        "ARG",
        "ARM",
        "AUS",
        "AUT",
        "AZE",
        "BDI",
        "BEN",
        "BFA",
        "BGD",
        "BGR",
        "BHR",
        "BIH",
        "BLR",
        "BOL",
        "BRA",
        "BTN",
        "BWA",
        "CAF",
        "CAN",
        "CHE",
        "CHL",
        "CHN",
        "CIV",
        "CMR",
        "COD",
        "COG",
        "COL",
        "CRI",
        "CUB",
        "CYP",
        "CZE",
        "DEU",
        "DJI",
        "DNK",
        "DOM",
        "DZA",
        "ECU",
    ];

    public async Task<ThroughputResult> RunAsync(int warmup, int seconds, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var streams = Enumerable
            .Range(0, shape.Streams)
            .Select(s => Task.Run(() => StreamAsync(s, stop.Token), CancellationToken.None))
            .ToArray();
        await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(warmup), cancellationToken), Task.WhenAll(streams));
        Volatile.Write(ref _measuring, true);
        var clock = Stopwatch.StartNew();
        await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken), Task.WhenAll(streams));
        var (elapsed, acknowledged) = (clock.Elapsed, Interlocked.Read(ref _measured));
        Volatile.Write(ref _measuring, false);
        await stop.CancelAsync();
        await Task.WhenAll(streams);
        return new(elapsed, acknowledged, _recorded, _duplicates, _other, _latency);
    }

    private async Task StreamAsync(int number, CancellationToken stop)
    {
        using var call = new ObservationService.ObservationServiceClient(channels[number % channels.Count]).StreamObservations(
            cancellationToken: CancellationToken.None
        );
        using var credit = new SemaphoreSlim(shape.InFlight);
        var sent = new System.Collections.Concurrent.ConcurrentDictionary<long, long>();
        var reader = Task.Run(
            async () =>
            {
                await foreach (var answer in call.ResponseStream.ReadAllAsync(CancellationToken.None))
                {
                    Count(answer);
                    sent.TryRemove(answer.Sequence, out var at);
                    if (Volatile.Read(ref _measuring))
                    {
                        lock (_latency)
                        {
                            _latency.RecordValue((long)Stopwatch.GetElapsedTime(at).TotalMicroseconds);
                        }
                    }

                    credit.Release();
                }
            },
            CancellationToken.None
        );

        var batches = new BatchSource(shape, _countries, number, $"{run}-{number}");
        for (var sequence = 1L; !stop.IsCancellationRequested && !reader.IsCompleted; sequence++)
        {
            var request = batches.Next(sequence);
            await credit.WaitAsync(CancellationToken.None);
            sent[sequence] = Stopwatch.GetTimestamp();
            await call.RequestStream.WriteAsync(request, CancellationToken.None);
        }

        await call.RequestStream.CompleteAsync();
        await reader;
    }

    private void Count(StreamObservationsResponse answer)
    {
        var (recorded, duplicates) = (0, 0);
        foreach (var outcome in answer.Outcomes)
        {
            recorded += outcome == Outcome.Recorded ? 1 : 0;
            duplicates += outcome is Outcome.Duplicate or Outcome.Superseded ? 1 : 0;
        }

        Interlocked.Add(ref _recorded, recorded);
        Interlocked.Add(ref _duplicates, duplicates);
        Interlocked.Add(ref _other, answer.Outcomes.Count - recorded - duplicates);
        if (Volatile.Read(ref _measuring))
        {
            Interlocked.Add(ref _measured, recorded + duplicates);
        }
    }
}

/// <summary>
/// Makes batches: fresh ids and moments, every hundredth item one that was sent before, and as many late ones as the load's shape says.
/// </summary>
internal sealed class BatchSource(LoadShape shape, string[] countries, int stream, string run)
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow - TimeSpan.FromDays(2);
    private readonly Random _random = new(stream);
    private readonly string[] _indicators = [.. Enumerable.Range(0, shape.Indicators).Select(LoadFramework.Indicator)];
    private readonly Queue<Observation> _earlier = new();
    private long _made;

    public StreamObservationsRequest Next(long sequence)
    {
        var request = new StreamObservationsRequest { Sequence = sequence };
        for (var i = 0; i < shape.Batch; i++)
        {
            var observation = i % 100 == 99 && _earlier.TryDequeue(out var again) ? again : Fresh(i);
            if (i % 100 is > 0 and var place && place <= shape.Late && place < 50)
            {
                // At half of the step between two fresh ones, so that it takes the place of none.
                observation.ObservedAt = (_start + TimeSpan.FromTicks((_random.NextInt64(_made) * 100) + 50)).ToTimestamp();
            }

            request.Observations.Add(observation);
        }

        return request;
    }

    private Observation Fresh(int i)
    {
        var n = _made++;
        var observation = new Observation
        {
            ObservationId = string.Create(CultureInfo.InvariantCulture, $"{run}-{n}"),
            Country = countries[n % countries.Length],
            Indicator = _indicators[n / countries.Length % _indicators.Length],
            Value = 20 + (_random.NextDouble() * 40),
            // Later than all before of its series, as a partner's news is.
            ObservedAt = (_start + TimeSpan.FromTicks(n * 100)).ToTimestamp(),
            Source = (shape.Late > 0 ? "late-" : "load-") + (stream == 0 ? "0" : "1"),
        };
        if (i % 100 == 50)
        {
            _earlier.Enqueue(observation);
        }

        return observation;
    }
}
