using EarlyWarning.V1;

namespace EarlyWarning.Board.Thresholds;

/// <summary>Which countries meet a condition by their present scores. It says nothing of waits, sources and probabilities. Pure.</summary>
/// <param name="Known">Whether present scores and levels decide: not of a rise, which takes history, nor of a part or an indicator.</param>
/// <param name="Met">The countries that meet it, the highest first.</param>
/// <param name="Looked">How many countries with a score, or with a level that they have at least, were looked at.</param>
/// <param name="Without">How many have too little data to tell.</param>
internal sealed record PresentMatches(bool Known, IReadOnlyList<CountryRisk> Met, int Looked, int Without)
{
    /// <summary>Compares a threshold with the risks under its framework.</summary>
    public static PresentMatches Of(Threshold threshold, Framework framework, IEnumerable<CountryRisk> risks)
    {
        var isLevel = threshold.Condition == Condition.Level;
        var isScore = threshold.Target.Length == 0 || threshold.Target == framework.Composite?.Root?.Code;
        if (!(isLevel || (isScore && threshold.Condition is Condition.Above or Condition.Below)))
        {
            return new(false, [], 0, 0);
        }

        var order = framework.Bands.Select(band => band.Level).ToList().IndexOf(threshold.Level);
        List<CountryRisk> concerned =
        [
            .. risks.Where(risk => threshold.Countries.Count == 0 || threshold.Countries.Contains(risk.Country)),
        ];
        List<CountryRisk> told = [.. concerned.Where(risk => isLevel ? risk.HasLevelOrder : risk.HasScore)];
        return new(
            true,
            [
                .. told.Where(risk =>
                        isLevel ? order >= 0 && risk.LevelOrder >= order
                        : risk.Coverage < threshold.MinimumCoverage ? false
                        : threshold.Condition == Condition.Above ? risk.Score >= threshold.Value
                        : risk.Score <= threshold.Value
                    )
                    .OrderByDescending(risk => risk.LevelOrder)
                    .ThenByDescending(risk => risk.Score)
                    .ThenBy(risk => risk.Country, StringComparer.Ordinal),
            ],
            told.Count,
            concerned.Count - told.Count
        );
    }
}
