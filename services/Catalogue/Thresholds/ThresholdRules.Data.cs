namespace EarlyWarning.Catalogue.Thresholds;

/// <content>What a threshold asks of the data, and of which countries.</content>
public sealed partial class ThresholdRules
{
    private const int MostSources = 10;

    private void CheckMinimums()
    {
        if (threshold.HasMinimumCoverage && !(threshold.MinimumCoverage >= 0 && threshold.MinimumCoverage <= 1))
        {
            Add("minimum_coverage", $"{threshold.MinimumCoverage:R} is not from 0 to 1.");
        }

        if (threshold.HasMinimumProbability && !(threshold.MinimumProbability is > 0 and <= 1))
        {
            Add(
                "minimum_probability",
                $"{threshold.MinimumProbability:R} is not above 0 and up to 1. Leave it out to let the score decide."
            );
        }

        if (!threshold.HasMinimumSources)
        {
            return;
        }

        if (threshold.MinimumSources is < 2 or > MostSources)
        {
            Add("minimum_sources", $"{threshold.MinimumSources} is not from 2 to {MostSources}. Leave it out where one source is enough.");
        }
        else if (threshold.Condition is V1.Condition.Below or V1.Condition.Rise)
        {
            Add(
                "minimum_sources",
                "A number of sources is for CONDITION_ABOVE and CONDITION_LEVEL alone. Leave it out, or change the condition."
            );
        }
    }

    // A condition below the floor could never be read, and a probability of errors that nobody states never known: both would be silent.
    private void CheckData(ActiveFramework framework)
    {
        var root = framework.Definition.Composite?.Root;
        var node = threshold.Target.Length == 0 ? root : FrameworkNodes.Find(root, threshold.Target);
        if (node is not null && threshold.HasMinimumCoverage && threshold.MinimumCoverage < FrameworkNodes.Floor(node))
        {
            Add(
                "minimum_coverage",
                $"{threshold.MinimumCoverage:R} lies below the floor of '{node.Code}', {FrameworkNodes.Floor(node):R}, under which it has "
                    + $"no score. Ask for the floor or more, leave it out to ask for the floor, or lower the floor in the framework."
            );
        }

        if (
            threshold is { HasMinimumProbability: true, MinimumProbability: > 0 and <= 1 }
            && FrameworkNodes.ShareWithDefaultError(framework.Compiled, threshold.Target, indicators) < 0.5
        )
        {
            Add(
                "minimum_probability",
                "Less than half of the weight of "
                    + $"{(threshold.Target.Length == 0 ? threshold.Framework : $"'{threshold.Target}'")} has "
                    + "indicators with a default error, so the probability would mostly not be known and the threshold silent. "
                    + "State default errors (new indicators), or leave it out."
            );
        }
    }

    private void CheckCountries()
    {
        for (var i = 0; i < threshold.Countries.Count; i++)
        {
            if (!countries.TryGet(threshold.Countries[i], out _))
            {
                faults.Add(
                    new(
                        V1.ErrorReason.UnknownCountry,
                        $"threshold.countries[{i}]",
                        $"'{threshold.Countries[i]}' is not a country that the suite knows. Use ISO 3166-1 alpha-3."
                    )
                );
            }
        }
    }
}
