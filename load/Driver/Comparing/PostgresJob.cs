using System.Diagnostics;
using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Catalogue;
using EarlyWarning.Driver.Partners;
using EarlyWarning.Driver.Running;
using EarlyWarning.TestKit;
using EarlyWarning.V1;
using HdrHistogram;
using Npgsql;
using NpgsqlTypes;

namespace EarlyWarning.Driver.Comparing;

/// <summary>The suite's job done by PostgreSQL alone: a table, a trigger that scores, and NOTIFY (<c>postgres.sql</c>).</summary>
internal sealed class PostgresJob : IAsyncDisposable
{
    private const int Writers = 16;
    private const int Batch = 1_000;

    /// <summary>A country of which nothing else is observed.</summary>
    private const string Warned = "WRN";
    private readonly PostgresServer _server;
    private readonly NpgsqlDataSource _source;

    private PostgresJob(PostgresServer server) => (_server, _source) = (server, NpgsqlDataSource.Create(server.ConnectionString));

    public static async Task<PostgresJob> StartAsync(CancellationToken cancellationToken)
    {
        var job = new PostgresJob(await PostgresServer.StartAsync());
        await using var file = typeof(PostgresJob).Assembly.GetManifestResourceStream("postgres.sql")!;
        using var reader = new StreamReader(file);
        await using var create = job._source.CreateCommand(await reader.ReadToEndAsync(cancellationToken));
        await create.ExecuteNonQueryAsync(cancellationToken);
        return job;
    }

    /// <summary>Writes the observations of two aggregators, sixteen batches of 1,000 at once, each committed.</summary>
    public async Task<ComparedIntake> IntakeAsync(
        IReadOnlyList<string> countries,
        int indicators,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        // The same partners as the suite's throughput scenario: two sources, each with eight unanswered.
        var sources = Enumerable.Range(0, 2).Select(i => new Observations($"batches-{i}", "postgres", countries, indicators)).ToArray();
        var times = new LongConcurrentHistogram(1, 300_000_000, 3);
        var written = 0L;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(writer =>
                    Task.Run(
                        async () =>
                        {
                            while (clock.Elapsed < duration)
                            {
                                List<Observation> batch = [];
                                lock (sources[writer % 2])
                                {
                                    sources[writer % 2].Fill(batch, Batch);
                                }

                                var began = Stopwatch.GetTimestamp();
                                await WriteAsync(batch, cancellationToken);
                                times.RecordValue((long)Stopwatch.GetElapsedTime(began).TotalMicroseconds);
                                Interlocked.Add(ref written, Batch);
                            }
                        },
                        cancellationToken
                    )
                )
        );
        return new(written / clock.Elapsed.TotalSeconds, Latencies.Of(times));
    }

    /// <summary>Times the way of a warning: from the sending of a row to the notification that it causes, one at a time.</summary>
    public async Task<LongHistogram> WarnAsync(int times, CancellationToken cancellationToken)
    {
        var warnings = new HeardWarnings();
        await using var listening = await _source.OpenConnectionAsync(cancellationToken);
        listening.Notification += (_, told) =>
        {
            var words = told.Payload.Split(' ');
            warnings.Hear(words[0], words[0], words[1] == "true", told.Payload, Stopwatch.GetTimestamp());
        };
        await using (var listen = new NpgsqlCommand("listen warnings", listening))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hearing = HearAsync(listening, stop.Token);
        var histogram = FlowRecorder.NewHistogram();
        try
        {
            for (var i = 0; i < times; i++)
            {
                var began = Stopwatch.GetTimestamp();
                var told = await CrossAsync(warnings, i, fires: true, cancellationToken);
                histogram.RecordValue((long)Stopwatch.GetElapsedTime(began, told).TotalMicroseconds);
                await CrossAsync(warnings, i, fires: false, cancellationToken);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await hearing;
        }

        return histogram;
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static async Task HearAsync(NpgsqlConnection listening, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await listening.WaitAsync(stop);
            }
        }
        catch (OperationCanceledException)
        {
            // All were heard.
        }
    }

    private async Task<long> CrossAsync(HeardWarnings warnings, int number, bool fires, CancellationToken cancellationToken)
    {
        var heard = warnings.NextAsync(Warned, fires);
        await WriteAsync(
            [
                new()
                {
                    ObservationId = $"warning-{number}-{fires}",
                    Country = Warned,
                    Indicator = WarningFramework.Indicator,
                    Source = "warning",
                    Value = fires ? WarningFramework.High : WarningFramework.Low,
                    ObservedAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow),
                },
            ],
            cancellationToken
        );
        return await heard.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
    }

    private async Task WriteAsync(List<Observation> batch, CancellationToken cancellationToken)
    {
        await using var insert = _source.CreateCommand(
            "insert into observation select * from unnest($1, $2, $3, $4, $5, $6) on conflict (id) do nothing"
        );
        Add(NpgsqlDbType.Text, batch.ConvertAll(row => row.ObservationId));
        Add(NpgsqlDbType.Text, batch.ConvertAll(row => row.Country));
        Add(NpgsqlDbType.Text, batch.ConvertAll(row => row.Indicator));
        Add(NpgsqlDbType.Text, batch.ConvertAll(row => row.Source));
        Add(NpgsqlDbType.Double, batch.ConvertAll(row => row.Value));
        Add(NpgsqlDbType.TimestampTz, batch.ConvertAll(row => row.ObservedAt.ToDateTime()));
        await insert.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(NpgsqlDbType type, List<T> values) =>
            insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });
    }
}
