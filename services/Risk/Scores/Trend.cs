namespace EarlyWarning.Risk.Scores;

/// <summary>
/// Where a score stood thirty days ago, to a day: at most one sample a day is kept. A country with less history is compared with its first
/// score.
/// </summary>
internal sealed class Trend
{
    private static readonly long s_span = TimeSpan.FromDays(30).Ticks;
    private static readonly long s_step = TimeSpan.FromDays(1).Ticks;
    private readonly List<(long Time, double Score)> _samples = [];

    public IReadOnlyList<(long Time, double Score)> Samples => _samples;

    public void Add(long time, double? score)
    {
        if (score is not { } value || (_samples.Count > 0 && time - _samples[^1].Time < s_step))
        {
            return;
        }

        _samples.Add((time, value));

        // The newest sample from before the span says where the score stood when the span began.
        while (_samples.Count > 1 && _samples[1].Time <= time - s_span)
        {
            _samples.RemoveAt(0);
        }
    }

    public void Restore(long time, double score) => _samples.Add((time, score));

    /// <summary>A new version restates: what went before moves with it, so that it is no rise.</summary>
    public void Rebase(Trend earlier, double? from, double? to)
    {
        foreach (var (time, score) in earlier._samples)
        {
            if (from is { } a && to is { } b)
            {
                _samples.Add((time, score + (b - a)));
            }
        }
    }

    public double? Of(double? score, long clock)
    {
        if (score is not { } now || _samples.Count == 0)
        {
            return null;
        }

        var start = _samples[0].Score;
        foreach (var (time, value) in _samples)
        {
            if (time <= clock - s_span)
            {
                start = value;
            }
        }

        return now - start;
    }
}
