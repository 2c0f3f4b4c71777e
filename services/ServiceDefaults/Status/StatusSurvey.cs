using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.ServiceDefaults.Status;

/// <summary>
/// Reads all sources, for whoever asks and every few seconds by itself, because a gauge cannot wait for the store. Lines and gauges come
/// from the same readings. A source that cannot be read has a line that says so and no gauge. Thread-safe.
/// </summary>
public sealed class StatusSurvey : BackgroundService
{
    /// <summary>The meter of all gauges.</summary>
    public const string MeterName = "EarlyWarning.ServiceDefaults";

    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>A reading that is older says nothing of the present any longer.</summary>
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(30);

    private static readonly Gauge s_up = new(
        "earlywarning.status.up",
        null,
        "1 while a source of the status can be read; its gauges are absent otherwise."
    );
    private static readonly Gauge s_health = new(
        "earlywarning.status.health",
        null,
        "The worst line under a heading: 0 is well, 1 wants attention, 2 fails."
    );

    private readonly IReadOnlyList<IStatusSource> _sources;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly ILogger<StatusSurvey> _logger;
    private readonly ProcessAddress? _process;
    private readonly ConcurrentDictionary<IStatusSource, TimedReport> _readings = new();

    /// <summary>Makes an instrument of each gauge.</summary>
    public StatusSurvey(
        IEnumerable<IStatusSource> sources,
        TimeProvider time,
        IMeterFactory meters,
        ILogger<StatusSurvey> logger,
        ProcessAddress? process = null
    )
    {
        ArgumentNullException.ThrowIfNull(meters);
        (_sources, _time, _meter, _logger, _process) = ([.. sources], time, meters.Create(MeterName), logger, process);
        foreach (var gauge in Gauges)
        {
            _meter.CreateObservableGauge(gauge.Name, () => Values(gauge), gauge.Unit, gauge.Description);
        }
    }

    /// <summary>Every gauge there is.</summary>
    public IEnumerable<Gauge> Gauges => [.. _sources.SelectMany(source => source.Gauges).Distinct(), s_up, s_health];

    /// <summary>Reads all sources now.</summary>
    /// <returns>All lines, those of a source together.</returns>
    public async Task<IReadOnlyList<V1.StatusLine>> ReadAsync(CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(_sources.Select(source => ReadAsync(source, cancellationToken)))).SelectMany(report => report.Lines)];

    /// <summary>The worst line under a heading, as last read; unspecified before the first reading.</summary>
    public V1.Health Worst(V1.Heading heading) => Worst(Recent().SelectMany(pair => pair.Reading.Report.Lines), heading);

    /// <summary>The worst of the lines under a heading; unspecified where there are none.</summary>
    public static V1.Health Worst(IEnumerable<V1.StatusLine> lines, V1.Heading heading) =>
        lines.Where(line => line.Heading == heading).Select(line => line.Health).DefaultIfEmpty(V1.Health.Unspecified).Max();

    /// <inheritdoc/>
    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(s_every, _time);
        try
        {
            do
            {
                await ReadAsync(stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The suite stops.
        }
    }

    private async Task<StatusReport> ReadAsync(IStatusSource source, CancellationToken cancellationToken)
    {
        var (report, up) = (Unread(source, ""), false);
        try
        {
            // On the pool: a source that works before its first wait holds up no other.
            report = await Task.Run(() => source.ReadAsync(cancellationToken), cancellationToken)
                .WaitAsync(s_patience, _time, cancellationToken);
            up = true;
        }
#pragma warning disable CA1031 // A source that fails or hangs is itself bad news, and takes none of the others' away.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (!_readings.TryGetValue(source, out var last) || last.Up)
            {
                _logger.SourceFailed(source.Name, exception);
            }

            report = Unread(
                source,
                exception is TimeoutException ? $"It did not answer within {s_patience.TotalSeconds:0} s." : exception.Message
            );
        }

        foreach (var line in report.Lines)
        {
            line.Heading = line.Heading == V1.Heading.Unspecified ? source.Heading : line.Heading;
            // What cannot be read here may well be read in another process.
            if (_process is not null && line.Processes.Count == 0 && (source.IsOfProcess || !up))
            {
                line.Processes.Add(_process.Text);
            }
        }

        _readings[source] = new(report, up, _time.GetTimestamp());
        return report;
    }

    private static StatusReport Unread(IStatusSource source, string why) =>
        new(
            new V1.StatusLine
            {
                Subject = source.Name,
                Health = V1.Health.Failing,
                Text = $"Not known: {why}",
                Action = "Put right what it says; the suite's log may say more. It is asked again by itself.",
            }
        );

    private IEnumerable<Measurement<double>> Values(Gauge gauge) =>
        gauge == s_up
            ? _readings.Select(pair => new Measurement<double>(
                pair.Value.Up && IsRecent(pair.Value) ? 1 : 0,
                KeyValuePair.Create<string, object?>("source", pair.Key.Name)
            ))
        : gauge == s_health ? Healths()
        : from pair in Recent()
        from measured in pair.Reading.Report.Measured
        where measured.Gauge == gauge
        select new Measurement<double>(measured.Value, measured.Labels);

    private IEnumerable<Measurement<double>> Healths() =>
        from heading in new[] { V1.Heading.Path, V1.Heading.Answers }
        let worst = Worst(heading)
        where worst != V1.Health.Unspecified
        select new Measurement<double>(
            (int)worst - (int)V1.Health.Ok,
            KeyValuePair.Create<string, object?>("heading", heading.ToString().ToLowerInvariant())
        );

    private IEnumerable<(IStatusSource Source, TimedReport Reading)> Recent() =>
        _readings.Where(pair => IsRecent(pair.Value)).Select(pair => (pair.Key, pair.Value));

    private bool IsRecent(TimedReport reading) => _time.GetElapsedTime(reading.At) <= s_stale;

    private sealed record TimedReport(StatusReport Report, bool Up, long At);
}
