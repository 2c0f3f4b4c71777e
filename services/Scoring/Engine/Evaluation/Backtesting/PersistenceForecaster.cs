using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation.Backtesting;

/// <summary>
/// A naive model: where the event came lately it will come again. Countries in which an event became known within the last periods get the
/// rate that such rows had in the training window, the others the rate of the others; each with one case of the base rate added, so that
/// neither is 0. Anything that claims to be a model must beat it.
/// </summary>
/// <param name="periods">How many periods back counts as lately, the one that is forecast from included; at least 1.</param>
public sealed class PersistenceForecaster(int periods) : IForecaster
{
    /// <inheritdoc/>
    public FittedForecaster Fit(Panel known, int period, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(periods, 1);
        if (known.Rows.IsEmpty)
            throw new FittingException("rows", "No outcome is known.", "Start later.");
        var events = known
            .Rows.Where(row => row.Outcome == true)
            .ToLookup(row => row.Country, row => row.Period + known.OutcomeLead, StringComparer.Ordinal);
        var (rows, hits) = (new int[2], new int[2]);
        foreach (var row in known.Rows)
        {
            var kind = Lately(row) ? 1 : 0;
            rows[kind]++;
            if (row.Outcome == true)
                hits[kind]++;
        }

        var rate = (double)known.EventCount / known.Rows.Length;
        var rates = new[] { (hits[0] + rate) / (rows[0] + 1), (hits[1] + rate) / (rows[1] + 1) };
        return new FittedForecaster(row => rates[Lately(row) ? 1 : 0]);

        bool Lately(PanelRow row) => events[row.Country].Any(knownAt => knownAt <= row.Period && knownAt > row.Period - periods);
    }
}
