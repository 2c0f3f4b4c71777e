using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Fitting;
using EarlyWarning.Scoring.Frameworks;
using EarlyWarning.Scoring.Requests;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Backtesting;

/// <summary>Reads the rule of a request.</summary>
internal static class RuleReader
{
    private const string Field = "rule.threshold";
    private const int MostRanks = 1_000;
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(400);

    /// <summary>Reads a rule on the score, the value of a node or indicator, or the rank.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field at fault.</exception>
    public static ReplayedRule Of(
        V1.BacktestRequest.Types.RuleTest test,
        ChosenFramework framework,
        OutcomeSet outcomes,
        HitDefinition definition,
        CountryChoice countries
    )
    {
        definition = definition with { Grace = RequestValues.Span(test.Grace, TimeSpan.Zero, "rule.grace") };
        return test.RuleCase switch
        {
            V1.BacktestRequest.Types.RuleTest.RuleOneofCase.TopRank => new(
                null,
                Ranks(test.TopRank),
                new(framework.Compiled.Root, -1),
                outcomes,
                definition
            ),
            V1.BacktestRequest.Types.RuleTest.RuleOneofCase.Threshold => OfThreshold(
                test.Threshold,
                framework,
                outcomes,
                definition,
                countries
            ),
            _ => throw Fault.Field(V1.ErrorReason.InvalidField, "rule", "There is no rule. Give a threshold or a rank."),
        };
    }

    private static int Ranks(int ranks) =>
        ranks is > 0 and <= MostRanks
            ? ranks
            : throw Fault.Field(V1.ErrorReason.InvalidField, "rule.top_rank", $"{ranks} is not from 1 to {MostRanks}.");

    private static ReplayedRule OfThreshold(
        V1.Threshold threshold,
        ChosenFramework framework,
        OutcomeSet outcomes,
        HitDefinition definition,
        CountryChoice countries
    )
    {
        if (threshold.Framework.Length > 0 && threshold.Framework != FrameworkNames.Framework(framework.Id))
        {
            throw Invalid(
                "framework",
                $"The threshold watches {threshold.Framework} and the test scores under {framework.Name}. Leave it out, or name the same."
            );
        }

        if (Target.Find(framework.Compiled, threshold.Target) is not { } watched)
        {
            throw Invalid(
                "target",
                $"'{threshold.Target}' is neither a node nor an indicator of {framework.Name}. Leave it empty for the framework's score."
            );
        }

        CheckShare(threshold.MinimumCoverage, "minimum_coverage");
        if (threshold.HasMinimumProbability)
        {
            CheckShare(threshold.MinimumProbability, "minimum_probability");
        }

        countries.Named(threshold.Countries, $"{Field}.countries");
        if (threshold.For is not null && !threshold.For.Equals(new()))
        {
            RequestValues.Span(threshold.For, TimeSpan.Zero, $"{Field}.for");
        }

        CheckCondition(threshold, framework);
        return new(threshold, 0, watched, outcomes, definition);
    }

    private static void CheckCondition(V1.Threshold threshold, ChosenFramework framework)
    {
        var clearing = threshold.HasClearingValue ? threshold.ClearingValue : (double?)null;
        if (!double.IsFinite(threshold.Value) || (clearing is { } given && !double.IsFinite(given)))
        {
            throw Invalid("value", "The values of a threshold are finite. Give numbers on the target's scale.");
        }

        switch (threshold.Condition)
        {
            case V1.Condition.Above when clearing > threshold.Value:
                throw Invalid("clearing_value", "A warning above a value must clear at or below it.");
            case V1.Condition.Below when clearing < threshold.Value:
                throw Invalid("clearing_value", "A warning below a value must clear at or above it.");
            case V1.Condition.Above or V1.Condition.Below:
                break;
            case V1.Condition.Rise when threshold.Value > 0:
                var window = threshold.Window is null ? TimeSpan.Zero : RequestValues.Span(threshold.Window, s_longest, $"{Field}.window");
                if (window <= TimeSpan.Zero || window > s_longest)
                {
                    throw Invalid("window", "A rise needs a window of at most 400 days in which it is measured.");
                }

                break;
            case V1.Condition.Rise:
                throw Invalid("value", $"A rise must be above 0; {threshold.Value:R} is not.");
            case V1.Condition.Level:
                var bands = framework.Compiled.Model.Bands.Select(band => band.Name).ToList();
                if (!bands.Contains(threshold.Level) || threshold.Target.Length > 0)
                {
                    throw Invalid(
                        "level",
                        $"{framework.Name} has the levels {string.Join(", ", bands)}, of the country alone; '{threshold.Level}' of "
                            + $"'{threshold.Target}' is none."
                    );
                }

                break;
            default:
                throw Invalid("condition", "Say what is watched for: CONDITION_ABOVE, CONDITION_BELOW, CONDITION_RISE or CONDITION_LEVEL.");
        }
    }

    private static void CheckShare(double value, string field)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw Invalid(field, $"{value:R} is not from 0 to 1.");
        }
    }

    private static Grpc.Core.RpcException Invalid(string field, string message) =>
        Fault.Field(V1.ErrorReason.InvalidField, $"{Field}.{field}", message);
}
