namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads how the values of an indicator come onto the framework's scale.</summary>
internal static class NormalisationReader
{
    /// <summary>Reads a normalisation; <see langword="null"/> where there is none, which means goalposts.</summary>
    public static V1.Normalisation? Read(YamlMap map, string field)
    {
        if (map.Method("normalisation", field) is not { } given)
        {
            return null;
        }

        var normalisation = new V1.Normalisation { OwnScale = given.Flag("own-scale", $"{field}.own_scale") };
        if (ReadMethod(given, field, normalisation))
        {
            given.Done();
        }

        return normalisation;
    }

    private static bool ReadMethod(YamlMap given, string field, V1.Normalisation normalisation)
    {
        switch (given.Required("method"))
        {
            case "goalposts":
                normalisation.Goalposts = new() { Uncapped = given.Flag("uncapped", $"{field}.goalposts.uncapped") };
                return true;
            case "min-max":
                normalisation.MinMax = ReadMinMax(given, $"{field}.min_max");
                return true;
            case "z-score":
                normalisation.ZScore = ReadZScore(given, $"{field}.z_score");
                return true;
            case "rank":
                normalisation.Rank = new();
                return true;
            case "borda":
                normalisation.Borda = new();
                return true;
            case "percentile-rank":
                normalisation.PercentileRank = new();
                return true;
            case "distance-to-target":
                normalisation.DistanceToTarget = new()
                {
                    Target = given.RequiredNumber("target", $"{field}.distance_to_target.target"),
                    Capped = given.Flag("capped", $"{field}.distance_to_target.capped"),
                };
                return true;
            case "distance-to-reference":
                normalisation.DistanceToReference = new()
                {
                    Unit = given.Required("unit", $"{field}.distance_to_reference.unit"),
                    Capped = given.Flag("capped", $"{field}.distance_to_reference.capped"),
                };
                return true;
            case "distance-to-maximum":
                normalisation.DistanceToMaximum = new();
                return true;
            case "fraction-of-maximum":
                normalisation.FractionOfMaximum = new();
                return true;
            case "categorical":
                normalisation.Categorical = new() { Steps = { given.Maps("steps", $"{field}.categorical.steps").Select(ReadStep) } };
                return true;
            case "logistic":
                normalisation.Logistic = new()
                {
                    Midpoint = given.RequiredNumber("midpoint", $"{field}.logistic.midpoint"),
                    Steepness = given.RequiredNumber("steepness", $"{field}.logistic.steepness"),
                };
                return true;
            case "as-is":
                normalisation.AsIs = new();
                return true;
            case { Length: > 0 } other:
                given.Fault(
                    "method",
                    $"'{other}' is no normalisation. Write goalposts, min-max, z-score, rank, borda, percentile-rank, distance-to-target, "
                        + "distance-to-reference, distance-to-maximum, fraction-of-maximum, categorical, logistic or as-is."
                );
                break;
        }

        return false;
    }

    private static V1.MinMax ReadMinMax(YamlMap given, string field)
    {
        var method = new V1.MinMax
        {
            Uncapped = given.Flag("uncapped", $"{field}.uncapped"),
            Low = given.Number("low", $"{field}.low") ?? 0,
        };
        if (given.Number("high", $"{field}.high") is { } high)
        {
            method.High = high;
        }

        return method;
    }

    private static V1.ZScore ReadZScore(YamlMap given, string field)
    {
        var method = new V1.ZScore { Mean = given.Number("mean", $"{field}.mean") ?? 0 };
        if (given.Number("deviation", $"{field}.deviation") is { } deviation)
        {
            method.Deviation = deviation;
        }

        return method;
    }

    private static V1.CategoryStep ReadStep(YamlMap step)
    {
        var read = new V1.CategoryStep { From = step.RequiredNumber("from"), Score = step.RequiredNumber("score") };
        step.Done();
        return read;
    }
}
