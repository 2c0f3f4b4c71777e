namespace EarlyWarning.Contracts.Catalogue;

/// <summary>Turns the paths of the engine's model into those of the contract's fields, so that a caller finds the fault in what was sent.</summary>
internal static class ModelPaths
{
    private static readonly (string From, string To)[] s_ends =
    [
        (".missing.coverageFloor", ".missing_data.minimum_coverage"),
        (".missing.value", ".missing_data.stated_value"),
        (".missing", ".missing_data"),
        (".normalisation", ".leaf.high"),
        (".validity", ".leaf.validity"),
    ];

    public static string ToField(string path, V1.Framework definition)
    {
        var logistic = definition.ModelCase == V1.Framework.ModelOneofCase.Logistic;
        var field = path;
        foreach (var (from, to) in s_ends)
        {
            if (path.EndsWith(from, StringComparison.Ordinal))
            {
                field = path[..^from.Length] + to;
                break;
            }
        }

        if (logistic)
        {
            field = field.Replace(".leaf.validity", ".validity", StringComparison.Ordinal);
        }

        return field switch
        {
            "id" => "framework.name",
            _ when field.StartsWith("bands", StringComparison.Ordinal) => "framework." + field
                .Replace(".name", ".level", StringComparison.Ordinal)
                .Replace(".lowerBound", ".lower_bound", StringComparison.Ordinal),
            _ when logistic => "framework.logistic." + field
                .Replace("predictors", "coefficients", StringComparison.Ordinal)
                .Replace(".coefficient", ".value", StringComparison.Ordinal)
                .Replace(".default", ".stated_value", StringComparison.Ordinal)
                .Replace(".range", ".stated_value", StringComparison.Ordinal),
            _ => "framework.composite." + field,
        };
    }
}
