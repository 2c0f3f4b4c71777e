using System.Diagnostics;
using System.Globalization;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Microsoft.Data.Sqlite;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>
/// A foreign program holds the store open for reading under load, for as long as <c>EW_TEST_READER_MINUTES</c> says. <c>bash
/// tests/reader.sh</c> runs it; without that variable it is skipped, because it takes minutes until the limit is reached.
/// </summary>
public sealed class ReaderTests(ITestOutputHelper output)
{
    private const long Limit = 1L << 30;

    /// <summary>What is written until the limit is seen: it is looked at once a second.</summary>
    private const long Slack = 256L << 20;
    private const int BatchSize = 50;
    private static readonly TimeSpan s_recovery = TimeSpan.FromSeconds(30);
    private static readonly string[] s_countries =
    [
        "AGO",
        "BEN",
        "BFA",
        "BWA",
        "CIV",
        "CMR",
        "COD",
        "DZA",
        "EGY",
        "ETH",
        "GAB",
        "GHA",
        "KEN",
        "MAR",
        "MDG",
        "MLI",
        "NGA",
        "SEN",
        "TCD",
        "ZMB",
    ];

    private long _acknowledged;
    private long _refused;
    private string _reason = "";

    [Fact]
    public async Task Read_AForeignReaderNeverCloses_LogIsBoundedAndIntakeSaysWhyUntilItDoes()
    {
        var given = Environment.GetEnvironmentVariable("EW_TEST_READER_MINUTES");
        Assert.SkipWhen(given is null, "It takes minutes: bash tests/reader.sh");
        var length = TimeSpan.FromMinutes(double.Parse(given!, CultureInfo.InvariantCulture));
        using TemporaryFolder folder = new();
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);
        await Definitions.DefineOneAsync(suite.Channel);
        using CancellationTokenSource stop = new();
        var senders = s_countries.Select(country => Task.Run(() => SendAsync(suite.Channel, country, stop.Token))).ToArray();

        SqliteConnection reader = new($"Data Source={folder.In("store.db")};Mode=ReadOnly;Pooling=False");
        await reader.OpenAsync(TestContext.Current.CancellationToken);
        await using (var reading = reader.CreateCommand())
        {
            reading.CommandText = "begin; select count(*) from journal;";
            await reading.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }

        var (largest, refusedAt) = (0L, (TimeSpan?)null);
        await WatchAsync(folder, length, elapsed =>
        {
            largest = Math.Max(largest, LogBytes(folder));
            refusedAt ??= Volatile.Read(ref _reason).Length > 0 ? elapsed : null;
        });
        var before = Interlocked.Read(ref _acknowledged);
        await reader.DisposeAsync();
        var closed = Stopwatch.StartNew();
        await Eventually.HoldsAsync(
            () => Interlocked.Read(ref _acknowledged) > before && LogBytes(folder) < Limit / 2,
            "intake goes on and the log is begun anew",
            s_recovery.TotalSeconds
        );
        await stop.CancelAsync();
        await Task.WhenAll(senders);

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                largest log: {largest >> 20} MB; first refusal after {refusedAt?.TotalSeconds
                    ?? double.NaN:0} s; {_refused} items told RETRY
                reason: {(_reason.Length > 0 ? _reason : "none")}
                recovered {closed.Elapsed.TotalSeconds:0.0} s after the reader had ended; {_acknowledged} observations acknowledged
                """
            )
        );
        Assert.True(largest <= Limit + Slack, $"The log grew to {largest >> 20} MB.");
        Assert.True(largest < Limit || _reason.Contains("holds it open for reading", StringComparison.Ordinal), $"Intake said: {_reason}");
        output.WriteLine(
            largest < Limit
                ? "VERDICT: sound as far as it went; the limit was not reached, run it longer"
                : "VERDICT: bounded, refused with the reason, recovered"
        );
    }

    private static long LogBytes(TemporaryFolder folder) =>
        new FileInfo(folder.In("store.db-wal")) is { Exists: true } log ? log.Length : 0;

    private async Task WatchAsync(TemporaryFolder folder, TimeSpan length, Action<TimeSpan> look)
    {
        var (clock, printed) = (Stopwatch.StartNew(), TimeSpan.Zero);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(500));
        while (clock.Elapsed < length)
        {
            await timer.WaitForNextTickAsync();
            look(clock.Elapsed);
            if (clock.Elapsed - printed > TimeSpan.FromSeconds(10))
            {
                printed = clock.Elapsed;
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{printed.TotalSeconds, 5:0} s  log {LogBytes(folder) >> 20, 5} MB  "
                            + $"acknowledged {_acknowledged, 9}  told RETRY {_refused, 9}"
                    )
                );
            }
        }
    }

    private async Task SendAsync(GrpcChannel channel, string country, CancellationToken stop)
    {
        ObservationService.ObservationServiceClient client = new(channel);
        var start = DateTimeOffset.UtcNow - TimeSpan.FromHours(6);
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            var answer = await client.RecordObservationsAsync(
                new()
                {
                    Observations =
                    {
                        Enumerable
                            .Range(0, BatchSize)
                            .Select(item => new Observation
                            {
                                Country = country,
                                Indicator = "one.attacks",
                                Value = (round + item) % 60,
                                ObservedAt = (start + TimeSpan.FromMilliseconds((round * BatchSize) + item)).ToTimestamp(),
                                Source = "reader",
                            }),
                    },
                },
                cancellationToken: CancellationToken.None
            );
            Interlocked.Add(ref _acknowledged, answer.Outcomes.Count(outcome => outcome == Outcome.Recorded));
            if (answer.Problems.FirstOrDefault(problem => problem.Reason == "STORE_UNAVAILABLE") is { } problem)
            {
                Interlocked.Add(ref _refused, answer.Problems.Count);
                Volatile.Write(ref _reason, problem.Message);
                await Task.Delay(200, CancellationToken.None);
            }
        }
    }
}
