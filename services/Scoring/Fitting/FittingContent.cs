using EarlyWarning.Scoring.Cache;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>Adds to the key of a result what a fit or a test follows from.</summary>
internal static class FittingContent
{
    /// <summary>Adds rows to fit or test on.</summary>
    public static ContentKey Add(this ContentKey key, TrainingRows rows)
    {
        key.Add(rows.Predictors.Length)
            .Add(rows.Times.Count)
            .Add(rows.Rows.Count)
            .Add(rows.WithHindsight ? 1 : 0)
            .Add(rows.Validity?.Ticks ?? -1);
        foreach (var predictor in rows.Predictors)
        {
            key.Add(predictor);
        }

        foreach (var time in rows.Times)
        {
            key.Add(time.UtcTicks);
        }

        foreach (var row in rows.Rows)
        {
            key.Add(row.Country).Add(row.Period).Add(row.Values.AsSpan());
        }

        return key;
    }

    /// <summary>Adds what happened.</summary>
    public static ContentKey Add(this ContentKey key, OutcomeSet outcomes)
    {
        key.Add(outcomes.Known.From?.UtcTicks ?? -1).Add(outcomes.Known.Until.UtcTicks).Add(outcomes.All.Count());
        foreach (var one in outcomes.All.Concat(outcomes.Told))
        {
            key.Add(one.Country).Add(one.Time.UtcTicks).Add(one.Known.UtcTicks);
        }

        return key;
    }
}
