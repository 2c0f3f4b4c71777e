using EarlyWarning.Driver.Judging;
using EarlyWarning.Driver.Reports;
using EarlyWarning.Driver.Scenarios;
using HdrHistogram;

namespace EarlyWarning.Driver.Running;

/// <summary>What a flow came to: its seconds, and the sum of those that are measured.</summary>
internal sealed class FlowResult(Flow flow)
{
    private readonly List<Window> _windows = [];
    private readonly List<Window> _measured = [];
    private Counts _counts;

    public Flow Flow => flow;

    public FlowRecorder Recorder { get; } = new();

    public IReadOnlyList<Window> Windows => _windows;

    /// <summary>Latencies from the intended beginning, in microseconds.</summary>
    public LongHistogram Response { get; } = FlowRecorder.NewHistogram();

    /// <summary>Latencies from the sending, in microseconds.</summary>
    public LongHistogram Service { get; } = FlowRecorder.NewHistogram();

    /// <summary>Takes down what came since the last time.</summary>
    public void Take(double at, double seconds, bool measured)
    {
        var taken = Recorder.Take(at, seconds);
        _windows.Add(taken.Window);
        if (measured)
        {
            _measured.Add(taken.Window);
            _counts = _counts.Plus(taken.Counts);
            Response.Add(taken.Response);
            Service.Add(taken.Service);
        }
    }

    /// <summary>How long was measured, the warm-up left out.</summary>
    public double MeasuredSeconds => _measured.Sum(window => window.Seconds);

    /// <summary>Sums it up.</summary>
    public FlowReport Report()
    {
        var seconds = Math.Max(1e-9, MeasuredSeconds);
        var closed = flow.Profile as ClosedProfile;
        return new(
            flow.Name,
            Model(flow.Profile),
            flow.Unit,
            _counts.Offered,
            _counts.Calls,
            _counts.Items,
            _counts.Failed,
            _counts.Dropped,
            Recorder.Failures,
            _counts.Items / seconds,
            Latencies.Of(Response),
            Latencies.Of(Service),
            closed is null || flow.Waits ? null : Latencies.Of(Latencies.Corrected(Response, closed.Think)),
            SteadyState.Judge(flow.Profile, _measured),
            _windows
        )
        {
            Waits = flow.Waits,
        };
    }

    private static string Model(Profile profile) =>
        profile switch
        {
            OpenProfile { Segments: [var one] } open => $"open, {one.From:#,0.#} calls/s, {(open.Random ? "Poisson" : "even")}",
            OpenProfile open => $"open, {open.Segments.Min(Least):#,0.#} to {open.Segments.Max(Most):#,0.#} calls/s",
            ClosedProfile { Think.Ticks: > 0 } closed => $"closed, {closed.Copies} callers, {closed.Think.TotalSeconds:0.###} s of thought",
            ClosedProfile closed => $"closed, {closed.Copies} callers",
            _ => "",
        };

    private static double Least(Segment segment) => Math.Min(segment.From, segment.To);

    private static double Most(Segment segment) => Math.Max(segment.From, segment.To);
}
