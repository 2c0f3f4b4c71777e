using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>Gives every country the share of known rows to which the event came: the climatology of the training window.</summary>
public sealed class BaseRateForecaster : IForecaster
{
    /// <inheritdoc/>
    public FittedForecaster Fit(Panel known, int period, CancellationToken cancellationToken)
    {
        if (known.Rows.IsEmpty)
            throw new FittingException("rows", "No outcome is known.", "Start later.");
        var rate = (double)known.EventCount / known.Rows.Length;
        return new FittedForecaster(_ => rate);
    }
}
