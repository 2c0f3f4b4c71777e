using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>Levels must cover the whole scale, each once.</summary>
internal static class BandRules
{
    public static void Check(Framework model, ErrorList errors)
    {
        if (model.Bands.IsDefaultOrEmpty)
        {
            errors.Add("bands", "There are no bands.", "Give at least one that starts at 0.");
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < model.Bands.Length; i++)
        {
            var (name, bound) = model.Bands[i];
            var path = $"bands[{i}]";
            if (string.IsNullOrWhiteSpace(name))
                errors.Add($"{path}.name", "The band has no name.", "Name the level.");
            else if (!names.Add(name))
                errors.Add($"{path}.name", $"Two bands are named \"{name}\".", "Give each band a name of its own.");

            if (!double.IsFinite(bound))
                errors.Add(
                    $"{path}.lowerBound",
                    $"{ErrorList.Show(bound)} is not a number on the scale.",
                    $"Give a number from 0 up to below {model.Ceiling}."
                );
            else if (i == 0 && bound != 0 && bound != Floor(model))
                errors.Add(
                    $"{path}.lowerBound",
                    $"The first band starts at {ErrorList.Show(bound)}, so a lower score would have no level.",
                    Floor(model) == 0
                        ? "Let it start at 0."
                        : $"Let it start at 0, or at {ErrorList.Show(Floor(model))}, where the scale does."
                );
            else if (i > 0 && bound <= model.Bands[i - 1].LowerBound)
                errors.Add(
                    $"{path}.lowerBound",
                    $"{ErrorList.Show(bound)} is not above {ErrorList.Show(model.Bands[i - 1].LowerBound)}, where the band before it "
                        + $"starts.",
                    "Order the bands by increasing lower bound."
                );
            else if (bound >= model.Ceiling)
                errors.Add(
                    $"{path}.lowerBound",
                    $"{ErrorList.Show(bound)} is at or above {model.Ceiling}, the highest score there is.",
                    $"Give a bound below {model.Ceiling}."
                );
        }
    }

    /// <summary>Where the scale starts.</summary>
    private static double Floor(Framework model) => model is CompositeFramework tree ? tree.ScaleFloor : 0;
}
