using System.Globalization;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>
/// A partner that reports on one country and keeps a ledger of its own: batch after batch, each sent again until every item of it is
/// acknowledged.
/// </summary>
public sealed class Partner(CallInvoker calls, string country, int seed, int indicators)
{
    private readonly ObservationService.ObservationServiceClient _client = new(calls);
    private readonly Random _random = new(seed);
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow - TimeSpan.FromHours(2);

    public string Country { get; } = country;

    /// <summary>The batches that were acknowledged in whole, in the order in which they were sent.</summary>
    public List<IReadOnlyList<Observation>> Ledger { get; } = [];

    /// <summary>When each batch of the ledger was acknowledged.</summary>
    public List<DateTimeOffset> Acknowledged { get; } = [];

    public int Resends { get; private set; }

    /// <summary>Reports batch after batch, with a pause between them.</summary>
    public async Task ReportAsync(CancellationToken stop, TimeSpan pause = default)
    {
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            var batch = Batch(round);
            await SendUntilAcknowledgedAsync(batch);
            Ledger.Add(batch);
            Acknowledged.Add(DateTimeOffset.UtcNow);
            await Task.Delay(pause, CancellationToken.None);
        }
    }

    private Observation[] Batch(int round)
    {
        // Whole rounds swing up and down, so that thresholds fire and resolve.
        var level = 50 + (45 * Math.Sin((round + seed) / 9.0));
        return
        [
            .. Enumerable
                .Range(0, indicators)
                .Where(i => round == 0 || i == round % indicators || _random.Next(3) > 0)
                .Select(i => new Observation
                {
                    ObservationId = string.Create(CultureInfo.InvariantCulture, $"{Country}-{round}-{i}"),
                    Country = Country,
                    Indicator = $"kill.i{i}",
                    Value = Math.Round(Math.Clamp(level + (_random.NextDouble() * 10) - 5, 0, 100), 3),
                    ObservedAt = (_start + TimeSpan.FromMilliseconds(round * 10)).ToTimestamp(),
                    Source = "ledger",
                }),
        ];
    }

    private async Task SendUntilAcknowledgedAsync(IReadOnlyList<Observation> batch)
    {
        while (true)
        {
            try
            {
                var answer = await _client.RecordObservationsAsync(
                    new() { Observations = { batch } },
                    deadline: DateTime.UtcNow.AddSeconds(5)
                );
                Assert.False(answer.Outcomes.Contains(Outcome.Rejected), $"A right batch was rejected: {answer}");
                if (answer.Outcomes.All(outcome => outcome is Outcome.Recorded or Outcome.Duplicate or Outcome.Superseded))
                {
                    return;
                }
            }
            catch (RpcException exception)
                when (exception.StatusCode
                        is StatusCode.Unavailable
                            or StatusCode.Aborted
                            or StatusCode.DeadlineExceeded
                            or StatusCode.Internal
                            or StatusCode.Cancelled
                            or StatusCode.Unauthenticated
                )
            {
                // The process went away in the middle, or is not back yet: that is what the ledger is for.
            }

            Resends++;
            await Task.Delay(20);
        }
    }
}
