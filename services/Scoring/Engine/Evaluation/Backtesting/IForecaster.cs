using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>A way to learn from the past, which is tried out on a history.</summary>
/// <remarks>
/// Called by a back-test, one period after the other and by one thread; what it learns for one must not depend on another. It may serve
/// several back-tests at a time, and so keeps nothing.
/// </remarks>
public interface IForecaster
{
    /// <summary>Learns from what is known by the end of a period.</summary>
    /// <param name="known">The rows before the period whose outcomes are known by its end, and no others.</param>
    /// <param name="period">The period.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What gives the period's rows their probabilities; it must not change what it gives by what it was asked before.</returns>
    /// <exception cref="FittingException">There is too little to learn from, or a column may not be used.</exception>
    FittedForecaster Fit(Panel known, int period, CancellationToken cancellationToken);
}
