using System.Collections.Concurrent;
using System.Diagnostics;
using EarlyWarning.Driver.Reports;
using HdrHistogram;

namespace EarlyWarning.Driver.Running;

/// <summary>
/// Takes down what calls of a flow came to, and hands it out second by second, so that what is measured is a sum of whole seconds.
/// Thread-safe but for <see cref="Take"/>.
/// </summary>
internal sealed class FlowRecorder
{
    /// <summary>Latencies are kept in microseconds to three digits; what takes longer than this counts as this.</summary>
    private const long Longest = 300_000_000;
    private readonly Recorder _response = NewRecorder();
    private readonly Recorder _service = NewRecorder();
    private readonly ConcurrentDictionary<string, long> _failures = new(StringComparer.Ordinal);
    private long _offered,
        _calls,
        _items,
        _failed,
        _dropped,
        _unanswered;
    private Counts _taken;
    private HistogramBase? _responseWindow,
        _serviceWindow;

    /// <summary>Calls that have begun and are not answered.</summary>
    public long Unanswered => Interlocked.Read(ref _unanswered);

    /// <summary>Failed calls by why, warm-up included.</summary>
    public IReadOnlyDictionary<string, long> Failures => _failures;

    public static LongHistogram NewHistogram() => new(1, Longest, 3);

    /// <summary>A call was meant to begin, and begins.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _offered);
        Interlocked.Increment(ref _unanswered);
    }

    /// <summary>A call was meant to begin, and the client does not make it.</summary>
    public void Drop()
    {
        Interlocked.Increment(ref _offered);
        Interlocked.Increment(ref _dropped);
    }

    /// <summary>A call was answered; timestamps.</summary>
    public void End(long intended, long began, long ended, int items)
    {
        _response.RecordValue(Microseconds(intended, ended));
        _service.RecordValue(Microseconds(began, ended));
        Interlocked.Add(ref _items, items);
        Interlocked.Increment(ref _calls);
        Interlocked.Decrement(ref _unanswered);
    }

    /// <summary>A call failed.</summary>
    public void Fail(string why)
    {
        _failures.AddOrUpdate(why, 1, static (_, times) => times + 1);
        Interlocked.Increment(ref _failed);
        Interlocked.Decrement(ref _unanswered);
    }

    /// <summary>A call was given up because the flow is over: it counts as neither.</summary>
    public void GiveUp()
    {
        Interlocked.Decrement(ref _offered);
        Interlocked.Decrement(ref _unanswered);
    }

    /// <summary>What came since the last time.</summary>
    public Taken Take(double at, double seconds)
    {
        _responseWindow = _response.GetIntervalHistogram(_responseWindow);
        _serviceWindow = _service.GetIntervalHistogram(_serviceWindow);
        var now = new Counts(
            Interlocked.Read(ref _offered),
            Interlocked.Read(ref _calls),
            Interlocked.Read(ref _items),
            Interlocked.Read(ref _failed),
            Interlocked.Read(ref _dropped)
        );
        var since = now.Less(_taken);
        _taken = now;
        var any = _responseWindow.TotalCount > 0;
        var window = new Window(
            at,
            since.Offered,
            since.Calls,
            since.Items,
            since.Failed + since.Dropped,
            any ? _responseWindow.GetValueAtPercentile(50) / 1e3 : null,
            any ? _responseWindow.GetValueAtPercentile(99) / 1e3 : null,
            any ? _responseWindow.GetMaxValue() / 1e3 : null,
            seconds
        );
        return new(window, since, _responseWindow, _serviceWindow);
    }

    private static long Microseconds(long from, long to) =>
        Math.Clamp((long)Stopwatch.GetElapsedTime(from, to).TotalMicroseconds, 1, Longest);

    private static Recorder NewRecorder() =>
        HistogramFactory
            .With64BitBucketSize()
            .WithValuesFrom(1)
            .WithValuesUpTo(Longest)
            .WithPrecisionOf(3)
            .WithThreadSafeWrites()
            .WithThreadSafeReads()
            .Create();
}

/// <summary>What a flow came to in a while. The histograms, in microseconds, are good until the next one is taken.</summary>
internal sealed record Taken(Window Window, Counts Counts, HistogramBase Response, HistogramBase Service);

/// <summary>Calls and items of a flow.</summary>
internal readonly record struct Counts(long Offered, long Calls, long Items, long Failed, long Dropped)
{
    public Counts Less(Counts other) =>
        new(Offered - other.Offered, Calls - other.Calls, Items - other.Items, Failed - other.Failed, Dropped - other.Dropped);

    public Counts Plus(Counts other) =>
        new(Offered + other.Offered, Calls + other.Calls, Items + other.Items, Failed + other.Failed, Dropped + other.Dropped);
}
