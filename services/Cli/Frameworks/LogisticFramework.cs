using System.Globalization;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Frameworks;

/// <summary>Makes a framework, and the indicators it needs, of a logistic model's weights.</summary>
internal static class LogisticFramework
{
    /// <summary>Levels where none are given: ours, not the model's authors'.</summary>
    public const string DefaultBands = "low=0,moderate=0.01,elevated=0.02,high=0.05,very-high=0.1";

    public static CreateFrameworkRequest Make(LogisticFile file, string id, string displayName, string description, string unit, TimeSpan? validity, string bands)
    {
        var model = new LogisticModel { Intercept = file.Intercept };
        foreach (var (variable, weight) in file.Weights)
        {
            var coefficient = new Coefficient { Indicator = variable, Value = weight };
            if (validity is { } span)
            {
                coefficient.Validity = Duration.FromTimeSpan(span);
            }

            if (weight == 0)
            {
                // Whatever its value, it adds nothing, so that its absence need not leave a country without a score.
                coefficient.StatedValue = 0;
            }

            model.Coefficients.Add(coefficient);
        }

        return new()
        {
            Framework = new()
            {
                Name = $"frameworks/{id}",
                DisplayName = displayName,
                Description = description,
                Logistic = model,
                Bands = { bands.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(BandOf) },
            },
            Indicators =
            {
                file.Weights.Select(weight => new Indicator
                {
                    Code = weight.Variable,
                    DisplayName = weight.Variable,
                    Definition = $"The variable {weight.Variable} of a logistic model, as its authors prepared it.",
                    Unit = unit,
                }),
            },
        };
    }

    private static Band BandOf(string text)
        => text.Split('=') is [{ Length: > 0 } level, var bound] && double.TryParse(bound, NumberStyles.Float, CultureInfo.InvariantCulture, out var lower)
            ? new() { Level = level, LowerBound = lower }
            : throw new CliException($"--bands: '{text}' is not a level. Write name=lowest probability, such as {DefaultBands}.");
}
