namespace EarlyWarning.Scoring.Computing;

/// <summary>Passes the progress of a phase on, once a percent at the most: loops may report as often as they like. Thread-safe.</summary>
/// <param name="phase">The phase in words.</param>
/// <param name="to">Is told.</param>
internal sealed class PhaseProgress(string phase, Action<ComputationProgress> to) : IProgress<double>
{
    private int _percent = -1;

    /// <inheritdoc/>
    public void Report(double value)
    {
        var now = (int)(100 * value);
        for (var before = Volatile.Read(ref _percent); now > before; )
        {
            var seen = Interlocked.CompareExchange(ref _percent, now, before);
            if (seen == before)
            {
                to(new(value, phase));
                return;
            }

            before = seen;
        }
    }
}
