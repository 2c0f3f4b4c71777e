namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>Tells of a part of some work as a share of the whole.</summary>
/// <param name="whole">Is told the share of the whole.</param>
/// <param name="from">The share that is done when the part begins.</param>
/// <param name="until">The share that is done when it ends.</param>
internal sealed class PartOfWork(IProgress<double> whole, double from, double until) : IProgress<double>
{
    /// <inheritdoc/>
    public void Report(double value) => whole.Report(from + ((until - from) * value));
}
