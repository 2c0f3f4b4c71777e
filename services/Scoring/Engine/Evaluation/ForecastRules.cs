using System.Globalization;
using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Evaluation;

/// <summary>What forecasts must keep to before they are measured.</summary>
internal static class ForecastRules
{
    public static void CheckScores(ReadOnlySpan<ScoredOutcome> cases)
    {
        for (var i = 0; i < cases.Length; i++)
            if (double.IsNaN(cases[i].Score))
                throw new FittingException(Place(cases, i), "The score is not a number.", "Leave the case out.");
    }

    public static void CheckProbabilities(ReadOnlySpan<ScoredOutcome> cases)
    {
        if (cases.IsEmpty)
            throw None();
        for (var i = 0; i < cases.Length; i++)
            if (cases[i].Score is not (>= 0 and <= 1))
                throw new FittingException(
                    Place(cases, i),
                    $"{cases[i].Score.ToString("R", CultureInfo.InvariantCulture)} is no probability.",
                    "Give a probability from 0 to 1, or measure ranks only."
                );
    }

    public static FittingException None() => new("cases", "There is none.", "Give at least one forecast with its outcome.");

    public static int Events(ReadOnlySpan<ScoredOutcome> cases)
    {
        var events = 0;
        foreach (var item in cases)
            if (item.Outcome)
                events++;
        return events;
    }

    private static string Place(ReadOnlySpan<ScoredOutcome> cases, int i) =>
        cases[i].Country.Length == 0
            ? $"cases[{i}]"
            : $"cases[{i}] ({cases[i].Country}, {cases[i].Period.ToString(CultureInfo.InvariantCulture)})";
}
