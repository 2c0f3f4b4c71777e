using System.Diagnostics.Metrics;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Intake;

namespace EarlyWarning.Indicators.Intake;

/// <summary>Counts and times what intake answers, for ServerInfo and for the meter <c>EarlyWarning.Indicators</c>.</summary>
internal sealed class IntakeMetrics : IDisposable
{
    private readonly IntakeCounters _counters;
    private readonly Meter _meter;
    private readonly Counter<long> _items;
    private readonly Counter<long> _rejected;
    private readonly Histogram<double> _duration;
    private long _inFlight;

    public IntakeMetrics(IMeterFactory meters, IntakeCounters counters)
    {
        _counters = counters;
        _meter = meters.Create("EarlyWarning.Indicators");
        _items = _meter.CreateCounter<long>("earlywarning.intake.items", "{item}", "Observations answered, by outcome.");
        _rejected = _meter.CreateCounter<long>("earlywarning.intake.rejections", "{item}", "Observations refused, by reason.");
        _duration = _meter.CreateHistogram<double>("earlywarning.intake.duration", "s", "Time from a batch to its answer.");
        _meter.CreateObservableUpDownCounter(
            "earlywarning.intake.in_flight",
            () => Volatile.Read(ref _inFlight),
            "{batch}",
            "Batches not answered yet."
        );
    }

    /// <summary>Notes that a batch has come.</summary>
    public void Started() => Interlocked.Increment(ref _inFlight);

    /// <summary>Notes that a batch was answered or given up.</summary>
    public void Finished(TimeSpan elapsed)
    {
        Interlocked.Decrement(ref _inFlight);
        _duration.Record(elapsed.TotalSeconds);
    }

    /// <summary>Notes what became of the items of a batch.</summary>
    public void Answered(in IntakeTally tally)
    {
        _counters.Add(tally.Recorded, tally.Duplicates, tally.Rejected, tally.Retried, tally.Superseded);
        Add(tally.Recorded, "recorded");
        Add(tally.Duplicates, "duplicate");
        Add(tally.Rejected, "rejected");
        Add(tally.Retried, "retry");
        Add(tally.Superseded, "superseded");
    }

    /// <summary>Notes a refusal.</summary>
    public void Refused(V1.ErrorReason reason) => _rejected.Add(1, new KeyValuePair<string, object?>("reason", Fault.NameOf(reason)));

    public void Dispose() => _meter.Dispose();

    private void Add(int count, string outcome)
    {
        if (count > 0)
        {
            _items.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
