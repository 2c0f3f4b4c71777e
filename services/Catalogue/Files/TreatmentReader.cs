namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads how outliers of the reference set are treated.</summary>
internal static class TreatmentReader
{
    /// <summary>Reads a treatment; <see langword="null"/> where there is none.</summary>
    public static V1.Treatment? Read(YamlMap map, string key, string field)
    {
        if (map.Method(key, field) is not { } given)
        {
            return null;
        }

        var treatment = new V1.Treatment();
        switch (given.Required("method"))
        {
            case "skew-driven":
                treatment.SkewDriven = ReadCourse(given, $"{field}.skew_driven");
                break;
            case "winsorise":
                treatment.Winsorise = new()
                {
                    Always = given.Flag("always", $"{field}.winsorise.always"),
                    Test = ReadTest(given, $"{field}.winsorise.test"),
                };
                if (given.Whole("maximum-points", $"{field}.winsorise.maximum_points") is { } points)
                {
                    treatment.Winsorise.MaximumPoints = points;
                }

                break;
            case "log":
                treatment.Log = new() { Form = ReadForm(given, $"{field}.log.form") };
                break;
            case "box-cox":
                treatment.BoxCox = new()
                {
                    Lambda = given.RequiredNumber("lambda", $"{field}.box_cox.lambda"),
                    Unshifted = given.Flag("unshifted", $"{field}.box_cox.unshifted"),
                };
                break;
            case { Length: > 0 } other:
                given.Fault("method", $"'{other}' is no treatment. Write skew-driven, winsorise, log or box-cox.");
                return treatment;
        }

        given.Done();
        return treatment;
    }

    private static V1.SkewDriven ReadCourse(YamlMap given, string field) =>
        new()
        {
            First = Read(given, "first", $"{field}.first"),
            Second = Read(given, "second", $"{field}.second"),
            FirstOnly = given.Flag("first-only", $"{field}.first_only"),
            Combine = given.Flag("combine", $"{field}.combine"),
            Test = ReadTest(given, $"{field}.test"),
        };

    private static V1.ShapeTest? ReadTest(YamlMap given, string field)
    {
        var (skewness, kurtosis) = (given.Number("skewness", $"{field}.skewness"), given.Number("kurtosis", $"{field}.kurtosis"));
        if (skewness is null && kurtosis is null)
        {
            return null;
        }

        var test = new V1.ShapeTest();
        if (skewness is { } most)
        {
            test.Skewness = most;
        }

        if (kurtosis is { } highest)
        {
            test.Kurtosis = highest;
        }

        return test;
    }

    private static V1.LogForm ReadForm(YamlMap given, string field) =>
        given.Word(
            "form",
            field,
            "form of a logarithm",
            V1.LogForm.Unspecified,
            ("shifted", V1.LogForm.Shifted),
            ("shifted-by-skew", V1.LogForm.ShiftedBySkew),
            ("shifted-by-one", V1.LogForm.ShiftedByOne),
            ("innovation-index", V1.LogForm.InnovationIndex)
        );
}
