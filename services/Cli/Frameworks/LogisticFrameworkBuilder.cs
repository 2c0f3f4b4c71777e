using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Frameworks;

/// <summary>Makes a framework, and the indicators it needs, of a logistic model's weights.</summary>
internal static class LogisticFrameworkBuilder
{
    /// <summary>Levels where none are given: ours, not the model's authors'.</summary>
    public const string DefaultBands = "low=0,moderate=0.01,elevated=0.02,high=0.05,very-high=0.1";

    public static CreateFrameworkRequest Make(
        LogisticFile file,
        string id,
        string displayName,
        string description,
        string unit,
        TimeSpan? validity,
        string bands
    )
    {
        var model = new LogisticModel { Intercept = file.Intercept };
        foreach (var (variable, weight, _) in file.Weights)
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
                Bands = { BandList.Parse(bands, DefaultBands) },
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
}
